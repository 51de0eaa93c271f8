package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The rules of one or more files and what is wrong with them. Immutable.
 *
 * <p>Reading throws nothing, whatever the files are. A rule with a problem is left out, and all
 * others count. A file that cannot be read, or that is no YAML, has no rules; then {@link
 * #areWhole} is false.
 */
public final class RuleFiles {
  /** In bytes: some thousand rules. */
  static final int MAX_SIZE = 1 << 20;

  private final UserRules rules;
  private final List<Problem> problems;
  private final Places places;
  private final boolean whole;

  private RuleFiles(UserRules rules, List<Problem> problems, Places places, boolean whole) {
    this.rules = rules;
    this.problems = List.copyOf(problems);
    this.places = places;
    this.whole = whole;
  }

  /** Reads files as the user named them. */
  public static RuleFiles read(List<File> files) {
    Reading reading = new Reading();
    for (File file : files) {
      reading.read(file);
    }
    return reading.result();
  }

  /**
   * Reads the text of one file.
   *
   * @param name the name of the file for messages
   */
  public static RuleFiles read(String name, String text) {
    Reading reading = new Reading();
    reading.read(name, text);
    return reading.result();
  }

  /** Returns the rules without a problem, those of all files together. */
  public UserRules rules() {
    return rules;
  }

  /** Returns what is wrong, in the order of the files. */
  public List<Problem> problems() {
    return problems;
  }

  /** Returns where the parts of the rules were written. */
  public Places places() {
    return places;
  }

  /**
   * Returns whether all files could be read, though rules of theirs may be wrong: a file that is
   * being written may be incomplete.
   */
  public boolean areWhole() {
    return whole;
  }

  /** Reads one file after the other, so that rules of several files are compared. */
  private static final class Reading {
    private final Problems problems = new Problems();
    private final Places places = new Places();
    private final RuleReader reader = new RuleReader(problems, places);
    private boolean whole = true;

    void read(File file) {
      byte[] bytes;
      try (InputStream in = new FileInputStream(file)) {
        bytes = in.readNBytes(MAX_SIZE + 1);
      } catch (IOException e) {
        fail(
            file, "the file cannot be read: " + e.getMessage() + "; write the path of a rule file");
        return;
      }
      if (bytes.length > MAX_SIZE) {
        fail(file, "the file has more than 1 MB; write several files");
        return;
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      // What is no UTF-8 was replaced, so that it differs when it is written again.
      int wrong = Arrays.mismatch(bytes, text.getBytes(StandardCharsets.UTF_8));
      if (wrong >= 0) {
        whole = false;
        problems.add(
            place(file, new String(bytes, 0, wrong, StandardCharsets.UTF_8)),
            "this is no UTF-8; save the file as UTF-8");
        return;
      }
      read(file.getPath(), text);
    }

    /** Returns the place behind the beginning of a file. */
    private static Origin place(File file, String before) {
      int line = 1;
      for (int i = 0; i < before.length(); i++) {
        line += before.charAt(i) == '\n' ? 1 : 0;
      }
      return new Origin(file.getPath(), line, before.length() - before.lastIndexOf('\n'));
    }

    private void fail(File file, String message) {
      whole = false;
      problems.add(new Origin(file.getPath(), 0, 0), message);
    }

    void read(String name, String text) {
      boolean marked = !text.isEmpty() && text.charAt(0) == '\uFEFF';
      try {
        reader.read(name, YamlReader.read(name, marked ? text.substring(1) : text));
      } catch (NoYamlException e) {
        whole = false;
        problems.add(e.problem().place(), e.problem().message());
      }
    }

    RuleFiles result() {
      return new RuleFiles(reader.rules(), problems.all(), places, whole);
    }
  }
}
