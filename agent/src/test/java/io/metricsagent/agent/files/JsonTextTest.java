package io.metricsagent.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
  private static String json(String text) {
    StringBuilder json = new StringBuilder();
    JsonText.string(json, text);
    return json.toString();
  }

  @Test
  void onlyPrintableAsciiStandsForItself() {
    assertThat(json("a\"\\ \u001b\n\u007f\u00e4\u2028"))
        .isEqualTo("\"a\\\"\\\\ \\u001b\\u000a\\u007f\\u00e4\\u2028\"");
    assertThat(json(null)).isEqualTo("null");
  }

  @Test
  void aReaderGetsEachCharacterBack() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      all.append((char) c);
    }
    assertThat(new JsonMapper().readTree(json(all.toString())).stringValue())
        .isEqualTo(all.toString());
  }

  @Test
  void aNameHasAColon() {
    assertThat(JsonText.name(new StringBuilder("{"), "a")).hasToString("{\"a\": ");
  }
}
