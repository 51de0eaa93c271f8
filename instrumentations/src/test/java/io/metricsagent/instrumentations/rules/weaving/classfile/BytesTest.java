package io.metricsagent.instrumentations.rules.weaving.classfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
  /** Has the JDK write the text, and leaves out the length before it. */
  private static byte[] byTheJdk(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DataOutputStream(out).writeUTF(text);
    byte[] bytes = out.toByteArray();
    return Arrays.copyOfRange(bytes, 2, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "java/lang/Object",
        "Ä",
        "überall",
        "zero\0within",
        "\0",
        "kana かな",
        "a pair \uD83D\uDE00 of surrogates",
        "\uD83D alone",
        "\uDE00"
      })
  void textsAreWrittenAsTheJdkWritesThem(String text) throws IOException {
    String grown = text.repeat(40); // beyond the bytes that are there at first
    Bytes bytes = new Bytes(0);

    bytes.u1(7);
    bytes.utf8(text);
    bytes.utf8(grown);
    bytes.u2(0x0809);

    byte[] written = bytes.toByteArray();
    int middle = 1 + byTheJdk(text).length;
    assertThat(written).startsWith(7).endsWith(8, 9);
    assertThat(Arrays.copyOfRange(written, 1, middle)).isEqualTo(byTheJdk(text));
    assertThat(Arrays.copyOfRange(written, middle, written.length - 2)).isEqualTo(byTheJdk(grown));
  }
}
