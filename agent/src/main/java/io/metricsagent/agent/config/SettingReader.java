package io.metricsagent.agent.config;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads settings as typed values. A bad value is reported once and removed, so that the next weaker
 * form of the key, or the default, takes its place.
 */
final class SettingReader {
  private final Map<String, SettingValue> values;
  private List<String> problems;

  SettingReader(Map<String, SettingValue> values, List<String> problems) {
    this.values = values;
    this.problems = problems;
  }

  /** Adds all later messages to another list; returns the list so far. */
  List<String> reportTo(List<String> other) {
    List<String> before = problems;
    problems = other;
    return before;
  }

  /** Adds a message, unless it was added before: two signals may read the same setting. */
  void problem(String message) {
    if (!problems.contains(message)) {
      problems.add(message);
    }
  }

  /** Returns the value that is set, or {@code null}; that of the form for a signal wins. */
  SettingValue value(Setting setting) {
    if (setting.signalKey() != null) {
      SettingValue ofSignal = values.get(setting.signalKey());
      if (ofSignal != null) {
        return ofSignal;
      }
    }
    return values.get(setting.key());
  }

  /** Returns the keys of all settings that are set. */
  Iterable<String> keys() {
    return values.keySet();
  }

  /** Returns whether a setting is set whose key begins like this. */
  boolean hasAny(String beginning) {
    for (String key : values.keySet()) {
      if (key.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the text that is set, or {@code null}. */
  String textOrNull(Setting setting) {
    SettingValue value = value(setting);
    return value == null ? null : value.text();
  }

  String text(Setting setting) {
    String text = textOrNull(setting);
    return text == null ? setting.defaultText() : text;
  }

  File file(Setting setting) {
    return new File(text(setting));
  }

  /** Returns files that are separated by commas; none if the setting is not set. */
  List<File> files(Setting setting) {
    String text = textOrNull(setting);
    if (text == null) {
      return List.of();
    }
    List<File> files = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int comma = text.indexOf(',', from);
      int end = comma < 0 ? text.length() : comma;
      String path = text.substring(from, end).trim();
      if (!path.isEmpty()) {
        files.add(new File(path));
      }
      from = end + 1;
    }
    return files;
  }

  /** Returns a file that exists, or {@code null}. */
  File existingFile(Setting setting) {
    for (SettingValue value = value(setting); value != null; value = value(setting)) {
      File file = new File(value.text());
      if (file.isFile()) {
        return file;
      }
      reject(setting, value, "no such file; write the path of a PEM file");
    }
    return null;
  }

  boolean bool(Setting setting) {
    for (SettingValue value = value(setting); value != null; value = value(setting)) {
      if (value.text().equalsIgnoreCase("true") || value.text().equalsIgnoreCase("false")) {
        return value.text().equalsIgnoreCase("true");
      }
      reject(setting, value, "write true or false");
    }
    return Boolean.parseBoolean(setting.defaultText());
  }

  /** Returns one of the setting's choices. */
  String choice(Setting setting) {
    List<String> choices = setting.choices();
    for (SettingValue value = value(setting); value != null; value = value(setting)) {
      String choice = value.text().toLowerCase(Locale.ROOT);
      if (choices.contains(choice)) {
        return choice;
      }
      reject(setting, value, "write one of ".concat(TextLists.join(choices)));
    }
    return setting.defaultText();
  }

  int count(Setting setting) {
    return integer(setting, Integer.MAX_VALUE, "write a whole number from 1");
  }

  int port(Setting setting) {
    return integer(setting, 65_535, "write a port from 1 to 65535");
  }

  private int integer(Setting setting, int max, String advice) {
    for (SettingValue value = value(setting); value != null; value = value(setting)) {
      try {
        int number = Integer.parseInt(value.text());
        if (number >= 1 && number <= max) {
          return number;
        }
      } catch (NumberFormatException ignored) {
        // Reported below, in words of our own.
      }
      reject(setting, value, advice);
    }
    return Integer.parseInt(setting.defaultText());
  }

  /** Returns a fraction, more than 0 and at most 1. */
  double rate(Setting setting) {
    for (SettingValue value = value(setting); value != null; value = value(setting)) {
      try {
        double rate = Double.parseDouble(value.text());
        if (rate > 0 && rate <= 1) {
          return rate;
        }
      } catch (NumberFormatException ignored) {
        // Reported below, in words of our own.
      }
      reject(setting, value, "write a number more than 0 and at most 1, such as 0.1");
    }
    return Double.parseDouble(setting.defaultText());
  }

  /** Returns a duration in nanoseconds. */
  long nanos(Setting setting, long minNanos, String minText) {
    long set = nanosIfSet(setting, minNanos, minText);
    return set >= 0 ? set : Durations.nanosOrMillis(setting.defaultText());
  }

  /** Returns a duration in nanoseconds, or a negative number if no usable value is set. */
  long nanosIfSet(Setting setting, long minNanos, String minText) {
    boolean plainMillis = setting.type() == SettingType.MILLISECONDS;
    for (SettingValue value = value(setting); value != null; value = value(setting)) {
      String text = value.text();
      long nanos = plainMillis ? Durations.nanosOrMillis(text) : Durations.nanos(text);
      if (nanos >= minNanos) {
        return nanos;
      }
      if (nanos >= 0) {
        reject(setting, value, "too short; write at least ".concat(minText));
      } else if (nanos == Durations.NO_UNIT) {
        reject(setting, value, withUnits(setting, text));
      } else if (plainMillis) {
        reject(
            setting, value, "not a duration; write milliseconds, or a unit as in 500ms, 60s or 5m");
      } else {
        reject(setting, value, "not a duration; write it as in 500ms, 60s, 5m, 1h or 7d");
      }
    }
    return -1;
  }

  /** Tells how to write a number with the unit that the default of the setting has. */
  private static String withUnits(Setting setting, String number) {
    String usual = setting.defaultText();
    boolean days = !setting.defaultComputed() && usual.endsWith("d");
    return "has no unit; write "
        .concat(number)
        .concat(days ? "d or " : "s or ")
        .concat(number)
        .concat(days ? "h" : "ms");
  }

  /** Returns decoded pairs in the order in which they are written; empty if none is set. */
  Map<String, String> pairs(Setting setting) {
    for (SettingValue value = value(setting); value != null; value = value(setting)) {
      try {
        return TextLists.pairs(value.text());
      } catch (IllegalArgumentException e) {
        reject(setting, value, e.getMessage() + "; write key=value,key2=value2, percent-encoded");
      }
    }
    return Map.of();
  }

  /** Reports a bad value and removes it. */
  void reject(Setting setting, SettingValue value, String reason) {
    values.remove(value.key());
    String instead = textOrNull(setting);
    if (instead == null && !setting.defaultComputed()) {
      instead = setting.defaultText();
    }
    StringBuilder message = new StringBuilder(value.key());
    if (setting.type() != SettingType.SECRET_PAIRS) {
      message.append('=').append(Masking.mask(setting, value.text()));
    }
    message.append(" (").append(value.origin()).append("): ").append(reason).append(". ");
    if (instead != null) {
      message.append("Using ").append(Masking.mask(setting, instead)).append('.');
    } else if (setting.defaultText().equals("none")) {
      message.append("Ignored.");
    } else {
      message.append("Using the default: ").append(setting.defaultText().replace("`", ""));
      message.append('.');
    }
    problem(message.toString());
  }
}
