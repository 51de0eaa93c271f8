package io.metricsagent.agent.config;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Reads a file in the format of {@link Properties}, in UTF-8.
 *
 * <p>{@link Properties} does not tell line numbers, so this class hands it one logical line at a
 * time: a line and its continuations after a backslash. The file is opened with {@code java.io}
 * alone, since this may run before {@code main}, and {@code java.nio.file} would initialise the
 * application's default file system.
 */
final class PropertiesFile {
  private PropertiesFile() {}

  /**
   * Hands every entry to {@code sources}; the last of equal keys wins.
   *
   * @throws IOException if the file cannot be read
   */
  static void read(File file, SettingSources sources) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
      int number = 0;
      int first = 1;
      StringBuilder logical = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (number == 1 && line.startsWith("\uFEFF")) {
          line = line.substring(1);
        }
        if (logical.length() == 0) {
          first = number;
        }
        logical.append(line).append('\n');
        boolean comment = first == number && isComment(line);
        if (comment || !isContinued(line)) {
          entry(logical.toString(), file, first, sources);
          logical.setLength(0);
        }
      }
      entry(logical.toString(), file, first, sources);
    }
  }

  private static void entry(String text, File file, int line, SettingSources sources)
      throws IOException {
    Properties entry = new Properties();
    String origin = "file ".concat(file.getPath()).concat(":").concat(Integer.toString(line));
    try {
      entry.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      sources.problem(origin + ": " + e.getMessage() + " Ignored.");
      return;
    }
    for (String key : entry.stringPropertyNames()) {
      sources.putFromFile(key, entry.getProperty(key), origin);
    }
  }

  private static boolean isComment(String line) {
    String text = line.trim();
    return text.startsWith("#") || text.startsWith("!");
  }

  /** Returns whether a line continues in the next one: it ends in an odd number of backslashes. */
  private static boolean isContinued(String line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
