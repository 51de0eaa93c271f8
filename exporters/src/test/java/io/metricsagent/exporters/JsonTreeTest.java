package io.metricsagent.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTreeTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void writesWhatDataBindingWouldWrite() {
    JsonNode tree =
        MAPPER.readTree(
            """
            {"text": "a\\"\\u2028", "none": null, "yes": true, "whole": 9007199254740993,
             "part": 0.1, "small": 1.0E-9, "list": [1, [], {"a": {}}], "empty": {}}
            """);
    assertThat(JsonTree.text(tree))
        .isEqualTo(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
  }
}
