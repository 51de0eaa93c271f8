package io.metricsagent.agent.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text makes a search look at its characters more than a fixed number of times each. */
class LinearTimeTest {
  /** The most looks at a character, on average; groups of three digits take the most. */
  private static final int LOOKS = 200;

  private static final List<SecretFinder> FINDERS =
      List.of(new EmailFinder(), new KeyFinder(), new AssignedSecretFinder(), new NumberFinder());

  /** Counts how often its characters are looked at. */
  private static final class Counting implements CharSequence {
    private final String text;
    private long looks;

    Counting(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }
  }

  private static void assertLinear(String text) {
    for (SecretFinder finder : FINDERS) {
      Counting counting = new Counting(text);
      finder.find(counting, new Secrets());
      assertThat(counting.looks)
          .as("%s in %.40s", finder.getClass().getSimpleName(), text)
          .isLessThanOrEqualTo((long) LOOKS * (text.length() + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "a@",
        "a@b",
        "a@b.",
        ".@.",
        "\"@",
        "\" @",
        "%40",
        "a%40",
        "sk-",
        "sk_",
        "AKIA",
        "eyJ",
        "xoxb-",
        "-",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY",
        "-----BEGIN x PRIVATE KEY-----END",
        "bearer",
        "bearer ",
        "Bearer a ",
        "b",
        "=",
        ":",
        "key=",
        "api_key=",
        "api_key = \"",
        "\"",
        "password:",
        "token=a ",
        "1",
        "1 ",
        "12 ",
        "123 ",
        "4111 ",
        "41111111 ",
        "0",
        "00 ",
        "000-",
        "+1",
        "+1 ",
        "(1) ",
        "0170 ",
        "1-555-",
        "4-",
        " ",
        "a",
        "é",
        "\ud83d\ude00"
      })
  void repeatedTextsTakeTimeInProportionToTheirLength(String part) {
    assertLinear(part.repeat(40_000 / part.length()));
    assertLinear("a".repeat(20_000) + part.repeat(1000) + "1".repeat(20_000));
  }

  @Property(tries = 200)
  void anyTextTakesTimeInProportionToItsLength(@ForAll String part) {
    assertLinear((part + "@1").repeat(100));
  }

  @Test
  void ownPatternsThatBacktrackElsewhereAreFast() {
    String text = "a".repeat(5_000) + "!";
    for (String pattern : List.of("(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*a){20}b", "a*a*a*a*b")) {
      Secrets secrets = new Secrets();
      assertThatCode(() -> new PatternFinder(pattern).find(text, secrets))
          .as(pattern)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aPatternThatIsSlowNeverthelessIsGivenUpAndNothingIsKept() {
    String pattern =
        "a.*!|a"; // whether the first half matches is known only at the end of the text
    String text = "a".repeat(5_000);
    assertThatThrownBy(() -> new PatternFinder(pattern).find(text, new Secrets()))
        .isInstanceOf(TooManyStepsException.class);
    assertThat(Redactor.with(pattern).redact(text)).isEqualTo(Redactor.ALL);
  }
}
