package io.metricsagent.exporters.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * What a format makes of {@link GoldenSnapshots}, stored in {@code src/test/resources/golden} of
 * the module. A change of a format shows there as a difference to be looked at; {@code
 * -Dupdate.golden=true} accepts it.
 */
public final class Golden {
  private static final int BYTES_A_LINE = 32;

  private Golden() {}

  /** Asserts that a file reads so; with {@code -Dupdate.golden=true}, makes it read so. */
  public static void isOrBecomes(String name, String content) throws IOException {
    // Surefire starts tests in the folder of the module.
    Path file = Path.of("src", "test", "resources", "golden", name).toAbsolutePath();
    if (Boolean.getBoolean("update.golden")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return;
    }
    assertThat(Files.readString(file))
        .as("%s; -Dupdate.golden=true accepts what is new", file)
        .isEqualTo(content);
  }

  /** Asserts that a text file in UTF-8 has these bytes. */
  public static void isOrBecomesText(String name, byte[] content) throws IOException {
    isOrBecomes(name, new String(content, StandardCharsets.UTF_8));
  }

  /** Asserts that a file has these bytes, stored as hexadecimal digits. */
  public static void isOrBecomesHex(String name, byte[] content) throws IOException {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < content.length; i += BYTES_A_LINE) {
      int end = Math.min(content.length, i + BYTES_A_LINE);
      hex.append(HexFormat.of().formatHex(content, i, end)).append('\n');
    }
    isOrBecomes(name, hex.toString());
  }
}
