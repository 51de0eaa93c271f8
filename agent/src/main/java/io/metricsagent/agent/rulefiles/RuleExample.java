package io.metricsagent.agent.rulefiles;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A rule file with comments, for people to begin with. Stateless. */
public final class RuleExample {
  private RuleExample() {}

  /** Returns the text of the file. */
  public static String text() {
    try (InputStream in = RuleExample.class.getResourceAsStream("example.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
