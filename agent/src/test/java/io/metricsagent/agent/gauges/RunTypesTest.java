package io.metricsagent.agent.gauges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTypesTest {
  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, b, false",
    "a, aa, false",
    "*, '', true",
    "*, anything, true",
    "a*, a, true",
    "a*, ba, false",
    "*a, ba, true",
    "*a, ab, false",
    "*ab*, xaab, true",
    "*ab*cd, ab-abcd, true",
    "*ab*cd, ab-abc, false",
    "a**b, ab, true",
    "a*b*c, a-b-b-c, true",
    "x.y, xzy, false",
    "Assistant.*, Assistant.chat, true",
    "ab/i, AB, true",
    "ab/i, ABc, false",
    "ab, AB, false",
    "*straße*/i, DIE STRAßE, true"
  })
  void aStarIsAnyText(String pattern, String name, boolean matches) {
    assertThat(RunTypes.of("t=" + pattern).typeOf(name, false)).isEqualTo(matches ? "t" : "all");
  }

  @Test
  void theFirstMatchWins() {
    RunTypes types = RunTypes.of(" one = a* ; two=*b;sweep=*s* ");
    assertThat(types.typeOf("ab", false)).isEqualTo("one");
    assertThat(types.typeOf("b", false)).isEqualTo("two");
    assertThat(types.typeOf("c", true)).isEqualTo("sweep");
    assertThat(types.typeOf("b", true)).isEqualTo("two");
    assertThat(types.typeOf("c", false)).isEqualTo("all");
    assertThat(RunTypes.of("one=a").typeOf("c", true)).isEqualTo("all");
  }

  @Test
  void aLongNameTakesNoTime() {
    String name = "ab".repeat(100_000);
    assertThat(RunTypes.of("t=*a*b*a*b*c").typeOf(name, false)).isEqualTo("all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "=a", "a=", "a=b;", "a=b;c"})
  void anythingElseSaysWhatToWrite(String list) {
    assertThatThrownBy(() -> RunTypes.of(list))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write type=pattern;type2=pattern2");
  }
}
