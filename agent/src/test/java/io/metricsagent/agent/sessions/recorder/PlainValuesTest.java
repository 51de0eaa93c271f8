package io.metricsagent.agent.sessions.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class PlainValuesTest {
  private static Object of(String json) {
    return PlainValues.of(new JsonMapper().readTree(json));
  }

  @Test
  void valuesKeepTheirTypes() {
    assertThat(of("true")).isEqualTo(true);
    assertThat(of("7")).isEqualTo(7L);
    assertThat(of("0.5")).isEqualTo(0.5);
    assertThat(of("\"7\"")).isEqualTo("7");
  }

  @Test
  void anIntegerBeyondLongIsADouble() {
    assertThat(of("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(of("9223372036854775808")).isEqualTo(9.223372036854775808e18);
  }

  @Test
  void nothingIsNull() {
    assertThat(of("null")).isNull();
    assertThat(PlainValues.of(null)).isNull();
    assertThat(PlainValues.of(MissingNode.getInstance())).isNull();
  }

  @Test
  void treesKeepTheirOrderAndTheirNulls() {
    assertThat(of("[1, null, [\"a\"]]")).isEqualTo(Arrays.asList(1L, null, List.of("a")));
    Map<?, ?> map = (Map<?, ?>) of("{\"z\": {\"b\": 1}, \"a\": [false]}");
    assertThat(new ArrayList<Object>(map.keySet())).isEqualTo(List.of("z", "a"));
    assertThat(map.get("z")).isEqualTo(Map.of("b", 1L));
    assertThat(map.get("a")).isEqualTo(List.of(false));
  }
}
