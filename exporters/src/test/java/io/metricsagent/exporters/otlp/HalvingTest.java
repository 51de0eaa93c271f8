package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HalvingTest {
  private static final ExportException INVALID =
      new ExportException("HTTP 400", null, ExportException.Fate.INVALID);
  private static final ExportException REFUSED =
      new ExportException("HTTP 401", null, ExportException.Fate.REFUSED);

  private static LogEvent event(String name) {
    return new LogEvent(name, 1, false, null, null, Map.of(), null);
  }

  private static List<LogEvent> batch(int size) {
    return IntStream.range(0, size).mapToObj(i -> event("e" + i)).toList();
  }

  /** Sends all parts to a receiver that refuses some records; returns how many requests it got. */
  private static int send(Halving halving, Set<String> bad, List<String> taken) {
    int requests = 0;
    for (List<LogEvent> part = halving.next(); part != null; part = halving.next()) {
      requests++;
      if (part.stream().anyMatch(event -> bad.contains(event.name()))) {
        halving.nextIsRefused(INVALID);
      } else {
        halving.nextIsTaken();
        part.forEach(event -> taken.add(event.name()));
      }
    }
    return requests;
  }

  @Test
  void aBatchThatIsTakenIsOneRequest() {
    Halving halving = new Halving(batch(5), Halving.MAX_SPLITS);
    List<String> taken = new ArrayList<>();

    assertThat(send(halving, Set.of(), taken)).isOne();
    assertThat(taken).containsExactly("e0", "e1", "e2", "e3", "e4");
    assertThat(halving.taken()).isEqualTo(5);
    assertThat(halving.splits()).isZero();
    assertThat(halving.reason()).isNull();
  }

  @Test
  void oneOfManyIsFoundWithTwoRequestsForEachHalving() {
    Halving halving = new Halving(batch(512), Halving.MAX_SPLITS);
    List<String> taken = new ArrayList<>();

    assertThat(send(halving, Set.of("e511"), taken)).isEqualTo(1 + 2 * 9);
    assertThat(taken).hasSize(511).startsWith("e0", "e1").endsWith("e509", "e510");
    assertThat(halving.taken()).isEqualTo(511);
    assertThat(halving.reason()).isSameAs(INVALID);
    assertThat(halving.describe())
        .isEqualTo("1 of 512 log records is dropped (e511), the others are sent");
  }

  @Test
  void aPartBeyondTheLimitIsDroppedAsAWhole() {
    Halving halving = new Halving(batch(8), 2);
    List<String> taken = new ArrayList<>();

    // 8 and 4 are halved, the first 2 are not.
    assertThat(send(halving, Set.of("e0"), taken)).isEqualTo(5);
    assertThat(taken).containsExactly("e2", "e3", "e4", "e5", "e6", "e7");
    assertThat(halving.splits()).isEqualTo(2);
    assertThat(halving.describe())
        .isEqualTo("2 of 8 log records are dropped (e0, e1), the others are sent");
  }

  @Test
  void whatIsRefusedForAnotherReasonIsNotHalved() {
    Halving halving = new Halving(batch(8), Halving.MAX_SPLITS);

    assertThat(halving.nextIsRefused(REFUSED)).isTrue();
    assertThat(halving.next()).isNull();
    assertThat(halving.taken()).isZero();
  }

  @Test
  void aSingleRecordIsDroppedAtOnce() {
    Halving halving = new Halving(batch(1), Halving.MAX_SPLITS);

    assertThat(halving.nextIsRefused(INVALID)).isTrue();
    assertThat(halving.describe()).startsWith("the log record is dropped (e0); check ");
  }

  @Test
  void aDescriptionHasThreeDifferentNamesOfSomeLength() {
    Halving halving =
        new Halving(
            List.of(
                event("a"), event("a"), event("x".repeat(200)), event("c"), event("d"), event("e")),
            0);
    halving.nextIsRefused(INVALID);

    assertThat(halving.describe())
        .isEqualTo(
            "6 of 6 log records are dropped (a, "
                + "x".repeat(80)
                + ", c, ...); check otel.exporter.otlp.endpoint and otel.exporter.otlp.protocol");
  }
}
