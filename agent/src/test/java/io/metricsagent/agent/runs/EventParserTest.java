package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
  private static final String DOCUMENTED =
      "{\"event\": \"run.complete\", \"timestamp\": 1760054400.0, \"run_id\": \"abc-123\","
          + " \"scenario\": \"quickstart\", \"success\": true, \"duration_sec\": 12.3,"
          + " \"ttfi_sec\": 1.2, \"artifacts\": [\"outputs/checkpoint_final.pt\"],"
          + " \"error\": null}";

  private final EventParser parser = new EventParser();
  private final RunEvent event = new RunEvent();

  private boolean parse(String line) {
    byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    parser.begin(bytes, bytes.length);
    return parser.parse(0, bytes.length, event);
  }

  @Test
  void readsTheDocumentedExample() {
    assertThat(parse(DOCUMENTED)).isTrue();
    assertThat(event.timestamp).isEqualTo(1_760_054_400.0);
    assertThat(event.scenario).isEqualTo("quickstart");
    assertThat(event.success).isTrue();
    assertThat(event.terminal).isTrue();
    assertThat(event.runId.isPresent()).isTrue();
  }

  @Test
  void forgetsTheEventBefore() {
    parse(DOCUMENTED);
    assertThat(parse("{}")).isTrue();
    assertThat(event.timestamp).isZero();
    assertThat(event.scenario).isEqualTo("unknown");
    assertThat(event.success).isFalse();
    assertThat(event.terminal).isFalse();
    assertThat(event.runId.isPresent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'success': 'true'}",
        "{'success': 1}",
        "{'success': [true]}",
        "{'success': true, 'success': false}",
        "{'event': ['run.complete'], 'scenario': {'a': 1}, 'run_id': [1, [2]], 'timestamp': null}",
        "{'x': {'success': true, 'run_id': 'a'}}",
      })
  void otherTypesCountAsAbsent(String line) {
    assertThat(parse(line)).isTrue();
    assertThat(event.success).isFalse();
    assertThat(event.runId.isPresent()).isFalse();
    assertThat(event.terminal).isFalse();
    assertThat(event.scenario).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a': 1}}",
        "{'a': 1}{'a': 1}",
        "{'a': }",
        "{'a': tru}",
        "{'timestamp': 1e999}",
        "{'timestamp': NaN}",
        "{'timestamp': '1'}",
        "{'timestamp': true}",
        "{'timestamp': 1760054400000}",
        "{'timestamp': -1e300}",
        "{'duration_sec': 1e400}",
        "{'ttfi_sec': -1E400}",
        "{'a': 'x\n'}",
      })
  void refusesWhatIsNoEvent(String line) {
    assertThat(parse(line)).isFalse();
  }

  @Test
  void refusesDeepNestingAndLongNumbers() {
    assertThat(parse("{'artifacts': " + "[".repeat(100_000) + "]".repeat(100_000) + "}")).isFalse();
    assertThat(parse("{'duration_sec': 1" + "0".repeat(400) + "}")).isFalse();
    assertThat(parse("{'duration_sec': 0.1" + "0".repeat(400) + "}")).isTrue();
  }

  /** An object that ends on the next line is on neither, and the line after it is read. */
  @Test
  void aBrokenLineTakesNothingOfTheNextOne() {
    String first = "{\"a\": {\"b\": 1}";
    String second = ", \"success\": true}";
    String third = "{\"success\": true}";
    byte[] bytes = (first + "\n" + second + "\n" + third).getBytes(StandardCharsets.UTF_8);
    parser.begin(bytes, bytes.length);
    assertThat(parser.parse(0, first.length(), event)).isFalse();
    int begin = first.length() + second.length() + 2;
    assertThat(parser.parse(begin, bytes.length, event)).isTrue();
    assertThat(event.success).isTrue();
  }
}
