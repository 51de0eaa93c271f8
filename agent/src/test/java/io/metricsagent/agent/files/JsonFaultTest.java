package io.metricsagent.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonFaultTest {
  private static JacksonException fault(String json) {
    return catchThrowableOfType(JacksonException.class, () -> new JsonMapper().readTree(json));
  }

  @Test
  void aTextThatEndsTooEarlyIsTorn() {
    for (String json :
        new String[] {"[", "[1", "[1,", "{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1"}) {
      assertThat(JsonFault.isTorn(fault(json))).as(json).isTrue();
    }
    assertThat(JsonFault.torn(fault("{\"a\":\n [1,"))).isEqualTo("torn: its JSON ends at line 2");
    assertThat(JsonFault.isTorn(fault("{\"a\": nonsense}"))).isFalse();
  }

  @Test
  void aReasonIsOneLineWithoutThePositionAndWhatElseWouldDo() {
    for (String json :
        new String[] {"nonsense", "{\"a\": [1, 2}", "[1 2]", "{\"a\": {]}", "{\"a\" 1}", "[tru]"}) {
      String reason = JsonFault.reason(fault(json));
      assertThat(reason)
          .isNotBlank()
          .doesNotContain("\n", "Source", "was expecting (JSON", "start marker");
      assertThat(JsonFault.describe(fault(json)))
          .matches("line 1, column \\d+: .*")
          .endsWith(reason);
    }
  }

  @Test
  void aReasonTellsWhatIsWrong() {
    assertThat(JsonFault.reason(fault("nonsense"))).isEqualTo("Unrecognized token 'nonsense'");
  }

  @Test
  void anUnknownPositionIsLeftOut() {
    assertThat(JsonFault.at(null)).isEmpty();
  }
}
