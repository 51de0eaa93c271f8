package io.metricsagent.instrumentations.libraries.pekko;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often messages were delivered that were put aside. */
class DeliveryTableTest {
  private final DeliveryTable table = new DeliveryTable();

  @Test
  void theNextDeliveryOfAMessageIsTheOneAfterThoseThatWereCounted() {
    Object message = new Object();
    assertThat(table.next(message)).isEqualTo(1);
    table.delivered(message);
    table.delivered(message);
    assertThat(table.next(message)).isEqualTo(3);
    assertThat(table.next(new Object())).isEqualTo(1);
    assertThat(table.size()).isEqualTo(1);

    table.remove(message);
    assertThat(table.next(message)).isEqualTo(1);
    assertThat(table.size()).isZero();
  }

  @Test
  void messagesThatAreEqualAreNotTheSame() {
    table.delivered(new String("x"));
    assertThat(table.next(new String("x"))).isEqualTo(1);
  }

  @Test
  void whatFoundNoPlaceIsUnknown() {
    List<Object> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      many.add(new Object());
      table.delivered(many.get(i));
    }
    assertThat(table.size()).isLessThanOrEqualTo(4096);
    assertThat(many).extracting(table::next).containsOnly(2L, MailboxMetrics.UNKNOWN);
  }
}
