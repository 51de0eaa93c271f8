package io.metricsagent.agent.rollups.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.ExternalSort;
import io.metricsagent.agent.files.SkippedLines;
import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.Rollup;
import io.metricsagent.agent.rollups.Rollups;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
  private static final String[] TYPES = {
    "gateway_receive_stream_request",
    "gateway_receive_first_processed_segment",
    "gateway_receive_few_processed_segments",
    "gateway_no_orchestrators_available",
    "orchestrator_swap",
    "gateway_ingest_stream_closed",
    "error",
    "params_update",
  };

  private final Sessions sessions = new Sessions(new Excuses(List.of("user disconnected")));

  private SkippedLines read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private SkippedLines read(byte[] bytes) {
    try {
      return sessions.read(new ByteArrayInputStream(bytes), read -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<SessionFacts> facts(Sessions sessions) {
    List<SessionFacts> facts = new ArrayList<>();
    try {
      sessions.forEach(facts::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return facts;
  }

  private static Rollups rollups(Sessions sessions) {
    try {
      return sessions.rollups("w");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String signal(Random random) {
    String[] names = {"null", "\"a\"", "\" A \"", "\"b\"", "\"a|b\"", "\"\"", "7"};
    return "{\"ts_ms\": "
        + random.nextInt(10_000_000)
        + ", \"kind\": \""
        + List.of("trace", "event", "status").get(random.nextInt(3))
        + "\", \"type\": \""
        + TYPES[random.nextInt(TYPES.length)]
        + "\", \"stream_id\": "
        + names[random.nextInt(names.length)]
        + ", \"request_id\": "
        + names[random.nextInt(names.length)]
        + ", \"provider\": "
        + names[random.nextInt(names.length)]
        + ", \"model\": "
        + names[random.nextInt(names.length)]
        + ", \"message\": "
        + List.of("\"User disconnected\"", "\"x\"", "null").get(random.nextInt(3))
        + ", \"output_fps\": "
        + random.nextInt(60) / 8.0
        + "}";
  }

  @Property(tries = 50)
  void theOrderOfTheSignalsDoesNotMatter(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add(signal(random));
    }
    Sessions ordered = new Sessions(new Excuses(List.of("user disconnected")));
    Sessions shuffled =
        new Sessions(new Excuses(List.of("user disconnected")), new ExternalSort(1000));
    try {
      ordered.read(stream(lines), bytes -> {});
      Collections.shuffle(lines, random);
      shuffled.read(stream(lines), bytes -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(facts(shuffled)).isEqualTo(facts(ordered)).isNotEmpty();
    assertThat(rollups(shuffled)).isEqualTo(rollups(ordered));
    try {
      ordered.close();
      shuffled.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ByteArrayInputStream stream(List<String> lines) {
    return new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void manyProvidersAndHoursOfOneSessionAreBoundedInAnyOrder() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      lines.add(
          "{\"ts_ms\": %d, \"kind\": \"status\", \"stream_id\": \"s\", \"provider\": \"p%d\"}"
              .formatted(i * 3_600_000L, i));
    }
    List<Rollups> results = new ArrayList<>();
    for (long seed = 0; seed < 3; seed++) {
      Sessions other = new Sessions(new Excuses(List.of()));
      Collections.shuffle(lines, new Random(seed));
      try {
        other.read(stream(lines), bytes -> {});
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      assertThat(facts(other).get(0).inferredChanges()).isEqualTo(1023);
      results.add(rollups(other));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0)).isEqualTo(results.get(2));
    assertThat(results.get(0).cells()).hasSize(1024);
  }

  @Test
  void aStreamCountsOnceWithItsFirstSession() {
    read(
        """
        {"ts_ms": 3600000, "kind": "trace", "stream_id": "s", "request_id": "a"}
        {"ts_ms": 1, "kind": "trace", "stream_id": "s ", "request_id": "b"}
        {"ts_ms": 1, "kind": "trace", "request_id": "c"}
        """);
    List<Rollup> hours = List.copyOf(rollups(sessions).cells().values());
    assertThat(hours).extracting(hour -> hour.get(Counter.STREAMS)).containsExactly(1L, 0L);
    assertThat(hours).extracting(hour -> hour.get(Counter.SESSIONS)).containsExactly(2L, 1L);
  }

  /** Of two streams that make the same key, the first one in the alphabet has the session. */
  @Property(tries = 50)
  void streamsThatBeginAlikeCountOnceEach(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> streams = List.of("a", "a|a", "a|a|a", "a|b", "ab", "ab|a", "b");
    List<String> requests = List.of("a", "a|a", "b", "r");
    Map<String, String> streamOfKey = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String stream = streams.get(random.nextInt(streams.size()));
      String request = requests.get(random.nextInt(requests.size()));
      streamOfKey.merge(
          stream + "|" + request, stream, (one, other) -> one.compareTo(other) < 0 ? one : other);
      lines.add(
          "{\"ts_ms\": 1, \"kind\": \"trace\", \"stream_id\": \"%s\", \"request_id\": \"%s\"}"
              .formatted(stream, request));
    }
    try (Sessions other = new Sessions(new Excuses(List.of()))) {
      other.read(stream(lines), bytes -> {});
      assertThat(rollups(other).cells().values())
          .extracting(hour -> hour.get(Counter.STREAMS))
          .containsExactly((long) Set.copyOf(streamOfKey.values()).size());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keysAreInTheOrderOfTheirCodePoints() {
    read(
        """
        {"ts_ms": 1, "kind": "trace", "stream_id": "\\ud83d\\ude00"}
        {"ts_ms": 1, "kind": "trace", "stream_id": "\\uffee"}
        {"ts_ms": 1, "kind": "trace", "stream_id": "a"}
        """);
    assertThat(facts(sessions))
        .extracting(session -> session.key().codePointAt(0))
        .containsExactly((int) 'a', 0xFFEE, 0x1F600);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torn",
        "{\"ts_ms\": 1, \"kind\": \"trace\"",
        "{\"ts_ms\": 1, \"kind\": \"trace\"}}",
        "{\"ts_ms\": 1, \"kind\": \"trace\"} {}",
        "[]",
        "{}",
        "{\"kind\": \"trace\"}",
        "{\"ts_ms\": 1}",
        "{\"ts_ms\": 1, \"kind\": \"metric\"}",
        "{\"ts_ms\": null, \"kind\": \"trace\"}",
        "{\"ts_ms\": \"1\", \"kind\": \"trace\"}",
        "{\"ts_ms\": 1e999, \"kind\": \"trace\"}",
        "{\"ts_ms\": NaN, \"kind\": \"trace\"}",
        "{\"ts_ms\": 99999999999999999999, \"kind\": \"trace\"}",
        "{\"ts_ms\": 253402300800000, \"kind\": \"trace\"}",
        "{\"ts_ms\": 1, \"kind\": \"status\", \"output_fps\": 1e999}",
        "{\"ts_ms\": 1, \"kind\": \"status\", \"output_fps\": -1}",
      })
  void whatIsNoSignalIsSkippedByItsNumber(String line) {
    SkippedLines skipped = read("\n{\"ts_ms\": 1, \"kind\": \"trace\"}\n" + line + "\n\n");
    assertThat(skipped).isEqualTo(SkippedLines.NONE.with(3));
    assertThat(facts(sessions)).hasSize(1);
  }

  @Test
  void hostileLinesAreSkipped() {
    String nested = "[".repeat(100_000) + "]".repeat(100_000);
    String good = "{\"ts_ms\": 1, \"kind\": \"trace\", \"x\": {\"y\": [1, {}]}, \"type\": {}}\n";
    SkippedLines skipped =
        read(
            good
                + "{\"ts_ms\": 1, \"kind\": \"trace\", \"x\": "
                + nested
                + "}\n{\"ts_ms\": 1, \"kind\": \"trace\", \"x\": \""
                + "x".repeat(2 << 20)
                + "\"}\n"
                + good
                + "{\"ts_ms\": "
                + "1".repeat(5000)
                + ", \"kind\": \"trace\"}\n");
    assertThat(skipped).isEqualTo(SkippedLines.NONE.with(2).with(3).with(5));
    assertThat(facts(sessions)).hasSize(1);
  }

  @Test
  void bytesThatAreNotUtf8AreSkipped() {
    byte[] bytes =
        "{\"ts_ms\": 1, \"kind\": \"trace\", \"stream_id\": \"\u00ff\"}"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(bytes)).isEqualTo(SkippedLines.NONE.with(1));
  }

  @Test
  void anEmptyFileHasNoSessions() {
    assertThat(read("")).isEqualTo(SkippedLines.NONE);
    assertThat(facts(sessions)).isEmpty();
    assertThat(rollups(sessions)).isEqualTo(new Rollups());
  }
}
