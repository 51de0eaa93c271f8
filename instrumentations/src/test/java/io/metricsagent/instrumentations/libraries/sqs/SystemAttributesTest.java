package io.metricsagent.instrumentations.libraries.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Message;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.ReceiveRequest;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.ReceiveResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemAttributesTest {
  @Test
  void theNamesAreAddedToTheListThatTheApplicationUses() {
    ReceiveRequest newer = new ReceiveRequest("url", List.of(), List.of("SenderId"), 30);
    ReceiveRequest asking =
        (ReceiveRequest) SystemAttributes.asking(newer, SystemAttributes.missingIn(newer));

    assertThat(asking.attributeNamesAsStrings()).isEmpty();
    assertThat(asking.messageSystemAttributeNamesAsStrings()).hasSize(4).contains("SenderId");
    assertThat(asking.visibilityTimeout()).isEqualTo(30);
    assertThat(SystemAttributes.missingIn(asking)).isEmpty();
  }

  @Test
  void nothingIsMissingWhereTheNewerListAsksForAll() {
    assertThat(
            SystemAttributes.missingIn(new ReceiveRequest("url", List.of(), List.of("All"), null)))
        .isEmpty();
  }

  @Test
  void aMessageWithoutTheAttributesStaysTheSameObject() {
    Message bare = new Message("id", "r1", Map.of("SenderId", "me"));
    Message told = new Message("id", "r2", Map.of("SentTimestamp", "1"));
    ReceiveResponse response = ReceiveResponse.of(bare, told);
    ReceiveResponse without =
        (ReceiveResponse)
            SystemAttributes.without(response, response.messages(), List.of("SentTimestamp"));

    assertThat(without.messages().get(0)).isSameAs(bare);
    assertThat(without.messages().get(1)).isEqualTo(new Message("id", "r2", Map.of()));
    assertThat(SystemAttributes.without(without, without.messages(), List.of("SentTimestamp")))
        .isSameAs(without);
  }

  @Test
  void anObjectThatCannotBeCopiedIsLeftAlone() {
    assertThat(SystemAttributes.asking("no request", List.of("SentTimestamp"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "x", "1e3", "12345678901234567890"})
  void aTextThatIsNoNumberIsUnknown(String text) {
    assertThat(SystemAttributes.sentMillis(Map.of("SentTimestamp", text))).isEqualTo(-1);
    assertThat(SystemAttributes.deliveryCount(Map.of("ApproximateReceiveCount", text)))
        .isEqualTo(MailboxMetrics.UNKNOWN);
  }
}
