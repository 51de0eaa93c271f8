package io.metricsagent.instrumentations.libraries.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
  @Test
  void aKeyIsATextInWhicheverFormTheClientHasIt() {
    byte[] bytes = "orders\u00e9".getBytes(StandardCharsets.UTF_8);
    assertThat(Texts.of("orders\u00e9")).isEqualTo("orders\u00e9");
    assertThat(Texts.of(bytes)).isEqualTo("orders\u00e9");
    assertThat(Texts.of(ByteBuffer.wrap(bytes))).isEqualTo("orders\u00e9");
    assertThat(Texts.of(new Object())).isNull();
    assertThat(Texts.of(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000000-7,1700000000000",
    "1999999999999-9,1999999999999",
    "0-1,0",
    "-1,-1",
    "17,-1",
    "x-1,-1",
    "99999999999999999999-0,-1"
  })
  void theNumberOfAMessageBeginsWithItsTime(String id, long millis) {
    assertThat(Texts.numberBeforeHyphen(id)).isEqualTo(millis);
    assertThat(Texts.numberBeforeHyphen(id.getBytes(StandardCharsets.UTF_8))).isEqualTo(millis);
  }
}
