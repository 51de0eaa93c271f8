package io.metricsagent.agent.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RedactorTest {
  private static final int KEPT = 8192;

  private final Redactor redactor = Redactor.with(null);

  /** JSON may be in a text, such as an answer, or within a string of other JSON. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"to\":\"bob\\u0040example.com\"} | {\"to\":\"[redacted:email]\"}",
        "{\\\"to\\\":\\\"bob\\\\u0040example.com\\\"} | {\\\"to\\\":\\\"[redacted:email]\\\"}",
        "line\\nsk-abcdefghijklmnop1234 | line\\n[redacted:api-key]",
        "line\\\\tsk-abcdefghijklmnop1234 | line\\\\t[redacted:api-key]",
        "Bearer abcdefgh\\/SECRETSECRET+x | Bearer [redacted:bearer-token]",
        "\"api\\u005fkey\":\"abcdef123456\" | \"api\\u005fkey\":\"[redacted:api-key]\"",
        "4111\\u00201111 1111\\u00201111 | [redacted:card-number]",
        "call\\n0170 1234567 now | call\\n[redacted:phone-number] now",
        "\\u002b49 170 1234567 | [redacted:phone-number]",
        "C:\\temp\\uncle, \\u00zz and \\ | C:\\temp\\uncle, \\u00zz and \\",
      })
  void findsSecretsBehindTheEscapesOfJson(String text, String expected) {
    assertThat(redactor.redact(text)).isEqualTo(expected);
  }

  /** Sessions, runs and orders are named by UUIDs, whose digits may look like a phone number. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "7696b8ee-0334-4255-8442-e69a2c9904d6",
        "run 7696b8ee-0334-4255-8442-e69a2c9904d6 and 7696B8EE-0334-4255-8442-E69A2C9904D6.",
        "00000000-0334-4255-8442-000000000000",
        "id=41111111-1111-1111-8442-e69a2c9904d6",
      })
  void takesNoUuidForANumber(String text) {
    assertThat(redactor.redact(text)).isEqualTo(text);
  }

  @Test
  void takesANumberBesideAUuidForANumber() {
    assertThat(redactor.redact("x7696b8ee-0334-4255-8442-e69a2c9904d6"))
        .as("no UUID, because a word goes on")
        .contains("[redacted:phone-number]");
    assertThat(redactor.redact("7696b8ee-0334-4255-8442-e69a2c9904d6 0170 1234567"))
        .isEqualTo("7696b8ee-0334-4255-8442-e69a2c9904d6 [redacted:phone-number]");
  }

  @Test
  void leavesNoCharacterOfASecretBehindWhatOnlyLooksLikeAnEscape() {
    assertThat(redactor.redact("C:\\new\\bob@example.com"))
        .doesNotContain("ob@")
        .startsWith("C:\\new");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "jane.doe+x@mail.example.co.uk | [redacted:email]",
        "to=bob@example.com, | to=[redacted:email],",
        "<bob@example.com>. | <[redacted:email]>.",
        "\"jane doe\"@example.com | [redacted:email]",
        "https://x.test/?mail=bob%40example.com&a=1 | https://x.test/?mail=[redacted:email]&a=1",
        "jürgen@müller.de | [redacted:email]",
        "a@b@c.example.org | a@[redacted:email]",
        "not an address: @home, 5 @ 3, x@localhost | not an address: @home, 5 @ 3, x@localhost",
        "my key is sk-abcdefghijklmnop1234 ok | my key is [redacted:api-key] ok",
        "sk-proj-Ab_9-abcdefghijklmnopqrstuvwxyz | [redacted:api-key]",
        "sk-ant-api03-abcdefghijklmnopqrst | [redacted:api-key]",
        "AKIAIOSFODNN7EXAMPLE | [redacted:api-key]",
        "AIzaSyA-abcdefghijklmnopqrstuvwxyz12345 | [redacted:api-key]",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789 | [redacted:api-key]",
        "xoxb-1234567890-abcdef | [redacted:api-key]",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_123 | [redacted:api-key]",
        "api_key=abcdef123456&x=1 | api_key=[redacted:api-key]&x=1",
        "X-API-Key: abcdef123456 | X-API-Key: [redacted:api-key]",
        "{\\\"apiKey\\\": \\\"abc def ghi\\\"} | {\\\"apiKey\\\": \\\"[redacted:api-key]\\\"}",
        "password: hunter2 | password: [redacted:api-key]",
        "client_secret='s3cret-value' | client_secret='[redacted:api-key]'",
        "Authorization: Basic dXNlcjpwYXNz | Authorization: [redacted:api-key]",
        "curl -H Bearer abc.def-123~ | curl -H Bearer [redacted:bearer-token]",
        "bearer\tABCDEFGHIJ | bearer\t[redacted:bearer-token]",
        "risk-management, task-force, desk-1 | risk-management, task-force, desk-1",
        "max_tokens=4096 tokens: 123456789 | max_tokens=4096 tokens: 123456789",
        "4111111111111111 | [redacted:card-number]",
        "card 4111 1111 1111 1111. | card [redacted:card-number].",
        "4111-1111-1111-1111 | [redacted:card-number]",
        "order 123 4111 1111 1111 1111 | order 123 [redacted:card-number]",
        "card5500005555555559x | card[redacted:card-number]x",
        "3782 822463 10005 | [redacted:card-number]",
        "6011000990139424 | [redacted:card-number]",
        "4111111111111112 | 4111111111111112",
        "1760054400123 1760054400123456789 | 1760054400123 1760054400123456789",
        "+49 170 1234567 | [redacted:phone-number]",
        "+1 (555) 123-4567 | [redacted:phone-number]",
        "call (555) 123-4567 now | call [redacted:phone-number] now",
        "555-123-4567 | [redacted:phone-number]",
        "1-800-555-0199 | [redacted:phone-number]",
        "555.123.4567 | [redacted:phone-number]",
        "0170 1234567 | [redacted:phone-number]",
        "030/12345678 | [redacted:phone-number]",
        "0049 170 1234567 | [redacted:phone-number]",
        "+491701234567 | [redacted:phone-number]",
        "2024-01-15T10:30:00.123456+02:00 | 2024-01-15T10:30:00.123456+02:00",
        "192.168.100.200 | 192.168.100.200",
        "550e8400-e29b-41d4-a716-446655440000 | 550e8400-e29b-41d4-a716-446655440000",
        "version 1.2.3 of 2024, page 12 of 300 | version 1.2.3 of 2024, page 12 of 300"
      })
  void secretsOfEachKindAreReplacedAndNothingElse(String text, String expected) {
    assertThat(redactor.redact(text)).isEqualTo(expected);
  }

  @Test
  void aPrivateKeyIsReplacedAsAWhole() {
    String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\ndef\n-----END RSA PRIVATE KEY-----";
    assertThat(redactor.redact("a\n" + key + "\nb")).isEqualTo("a\n[redacted:api-key]\nb");
    assertThat(redactor.redact("x" + key.substring(0, 40))).isEqualTo("x[redacted:api-key]");
  }

  @Test
  void aTextWithoutSecretsStaysAsItIs() {
    String text = "Deploy my app to Azure, please: 3 instances, 2,340 ms, 94.2 % @ 5 €.";
    assertThat(redactor.redact(text)).isSameAs(text);
  }

  @Test
  void theOwnPatternIsFoundToo() {
    Redactor own = Redactor.with("CUST-\\d{4}|(?i)project \\w+");
    assertThat(own.redact("CUST-1234 in Project Aurora, a@b.example"))
        .isEqualTo("[redacted:pattern] in [redacted:pattern], [redacted:email]");
    assertThat(Redactor.with("x*").redact("aab")).isEqualTo("aab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[a", "(?=a)", "a{5000}", "\\1"})
  void aPatternThatCannotBeUsedIsRefused(String pattern) {
    assertThatThrownBy(() -> Redactor.with(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\n");
  }

  /** A card number that begins before the cut must not be kept in part. */
  @Property(tries = 200)
  void theCutSplitsNoSecret(@ForAll @IntRange(min = 8100, max = 8250) int before) {
    for (String secret :
        new String[] {
          "4111 1111 1111 1111",
          "jane.doe@example.com",
          "sk-abcdefghijklmnop1234",
          "+49 170 1234567",
          "Bearer abcdefgh12345678"
        }) {
      String kept =
          redactor.redactAndCut("x ".repeat(before / 2) + secret + " z".repeat(5000), KEPT);
      assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(KEPT);
      assertThat(kept.replace("[redacted", "").replaceAll("x ", ""))
          .doesNotContain("41", "jan", "abc", "49", "sk-");
    }
  }

  @Test
  void aSecretAtTheEndOfWhatIsSearchedIsNotKeptInPart() {
    String token = "a".repeat(70_000);
    String kept = redactor.redactAndCut("Bearer " + token, KEPT);
    assertThat(kept).isEqualTo("Bearer [redacted:bearer-token]…");
    String many = "4111 1111 1111 1111 ".repeat(10_000);
    assertThat(redactor.redactAndCut(many, 1 << 20)).doesNotContain("41");
  }

  @Test
  void theCutIsBetweenTwoCharacters() {
    String kept = redactor.redactAndCut("\ud83d\ude00".repeat(4000), KEPT);
    assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(KEPT - 7, KEPT);
    assertThat(kept).matches("(\ud83d\ude00)+…");
    assertThat(redactor.redactAndCut("ä".repeat(4096), KEPT)).hasSize(4096);
    assertThat(redactor.redactAndCut("ä".repeat(4097), KEPT)).endsWith("ä…").hasSize(4095);
  }

  @Test
  void treesAreCleanInTextsNumbersNamesAndSecretFields() {
    String tree =
        "{\"to\": \"bob@example.com\", \"card\": 4111111111111111, \"amount\": 12.5, \"ok\": true,"
            + " \"none\": null, \"ann@example.com\": 1, \"password\": \"x\", \"X-Api-Key\": \"y\","
            + " \"list\": [\"+49 170 1234567\", {\"accessToken\": \"z\"}], \"tokens\": 17}";
    assertThat(redactor.redact(JsonMapper.shared().readTree(tree)).toString())
        .isEqualTo(
            "{\"to\":\"[redacted:email]\",\"card\":\"[redacted:card-number]\",\"amount\":12.5,"
                + "\"ok\":true,\"none\":null,\"[redacted:email]\":1,"
                + "\"password\":\"[redacted:api-key]\",\"X-Api-Key\":\"[redacted:api-key]\","
                + "\"list\":[\"[redacted:phone-number]\",{\"accessToken\":\"[redacted:api-key]\"}],"
                + "\"tokens\":17}");
  }
}
