package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.user.model.Origin;
import java.util.List;

/** A part of a YAML file with its place. Immutable once its reader has returned it. */
sealed interface YamlNode {
  /** Returns where the part begins. */
  Origin place();

  /** Returns what people call such a part. */
  String kind();

  /**
   * A value without parts.
   *
   * @param quoted whether the value is between quotes or in a block, and so is a text
   */
  record Text(Origin place, String value, boolean quoted) implements YamlNode {
    /** Returns whether the key has no value. */
    boolean isNull() {
      return !quoted && (value.isEmpty() || value.equals("~") || value.equals("null"));
    }

    @Override
    public String kind() {
      return isNull() ? "no value" : "one value";
    }

    /** Returns the place of a character of the value, from 1, if the value is on one line. */
    Origin at(int character) {
      int before = quoted ? character : character - 1;
      return new Origin(place.file(), place.line(), place.column() + before);
    }
  }

  /** A list. */
  record Items(Origin place, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and their values, in the order of the file; a key may be there twice. */
  record Entries(Origin place, List<Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "keys with values";
    }
  }

  /** A key and its value. */
  record Entry(Text key, YamlNode value) {}
}
