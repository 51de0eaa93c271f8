package io.metricsagent.agent.config;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads settings as typed values. A bad value is reported once and taken out, so that the next
 * weaker form of the key, or the default, takes its place.
 */
final class SettingReader {
  private final Map<String, SettingValue> values;
  private List<String> problems;

  SettingReader(Map<String, SettingValue> values, List<String> problems) {
    this.values = values;
    this.problems = problems;
  }

  /** Reports to another list from now on. */
  void reportTo(List<String> other) {
    problems = other;
  }

  /** Adds a message. */
  void problem(String message) {
    problems.add(message);
  }

  /** Returns what is set for a key of the catalogue, or {@code null}. */
  SettingValue value(String key) {
    SettingDefinition definition = SettingCatalogue.find(key);
    if (definition != null && definition.metricsForm()) {
      SettingValue metrics = values.get(definition.metricsKey());
      if (metrics != null) {
        return metrics;
      }
    }
    return values.get(key);
  }

  /** Returns the keys of what is set. */
  Iterable<String> keys() {
    return values.keySet();
  }

  /** Returns what is set, or {@code null}. */
  String textOrNull(String key) {
    SettingValue value = value(key);
    return value == null ? null : value.text();
  }

  String text(String key) {
    String text = textOrNull(key);
    return text == null ? defaultText(key) : text;
  }

  File file(String key) {
    return new File(text(key));
  }

  /** Returns a file that exists, or {@code null}. */
  File existingFile(String key) {
    for (SettingValue value = value(key); value != null; value = value(key)) {
      File file = new File(value.text());
      if (file.isFile()) {
        return file;
      }
      reject(value, "no such file; write the path of a PEM file");
    }
    return null;
  }

  boolean bool(String key) {
    for (SettingValue value = value(key); value != null; value = value(key)) {
      if (value.text().equalsIgnoreCase("true") || value.text().equalsIgnoreCase("false")) {
        return value.text().equalsIgnoreCase("true");
      }
      reject(value, "write true or false");
    }
    return Boolean.parseBoolean(defaultText(key));
  }

  /** Returns one of the definition's choices. */
  String choice(String key) {
    List<String> choices = SettingCatalogue.find(key).choices();
    for (SettingValue value = value(key); value != null; value = value(key)) {
      String choice = value.text().toLowerCase(Locale.ROOT);
      if (choices.contains(choice)) {
        return choice;
      }
      reject(value, "write one of ".concat(TextLists.join(choices)));
    }
    return defaultText(key);
  }

  int count(String key) {
    return integer(key, Integer.MAX_VALUE, "write a whole number from 1");
  }

  int port(String key) {
    return integer(key, 65_535, "write a port from 1 to 65535");
  }

  private int integer(String key, int max, String advice) {
    for (SettingValue value = value(key); value != null; value = value(key)) {
      try {
        int number = Integer.parseInt(value.text());
        if (number >= 1 && number <= max) {
          return number;
        }
      } catch (NumberFormatException ignored) {
        // Reported below, in words of our own.
      }
      reject(value, advice);
    }
    return Integer.parseInt(defaultText(key));
  }

  /** Returns a share, more than 0 and at most 1. */
  double rate(String key) {
    for (SettingValue value = value(key); value != null; value = value(key)) {
      try {
        double rate = Double.parseDouble(value.text());
        if (rate > 0 && rate <= 1) {
          return rate;
        }
      } catch (NumberFormatException ignored) {
        // Reported below, in words of our own.
      }
      reject(value, "write a number more than 0 and at most 1, such as 0.1");
    }
    return Double.parseDouble(defaultText(key));
  }

  /** Returns nanoseconds. */
  long nanos(String key, long minNanos, String minText) {
    long set = nanosIfSet(key, minNanos, minText);
    return set >= 0 ? set : Durations.nanosOrMillis(defaultText(key));
  }

  /** Returns nanoseconds, or a negative number when nothing usable is set. */
  long nanosIfSet(String key, long minNanos, String minText) {
    boolean plainMillis = SettingCatalogue.find(key).type() == SettingType.MILLISECONDS;
    for (SettingValue value = value(key); value != null; value = value(key)) {
      String text = value.text();
      long nanos = plainMillis ? Durations.nanosOrMillis(text) : Durations.nanos(text);
      if (nanos >= minNanos) {
        return nanos;
      }
      if (nanos >= 0) {
        reject(value, "too short; write at least ".concat(minText));
      } else if (nanos == Durations.NO_UNIT) {
        reject(value, "has no unit; write " + text + "s or " + text + "ms");
      } else if (plainMillis) {
        reject(value, "not a duration; write milliseconds, or a unit as in 500ms, 60s or 5m");
      } else {
        reject(value, "not a duration; write it as in 500ms, 60s, 5m, 1h or 7d");
      }
    }
    return -1;
  }

  /** Returns decoded pairs in the order given; empty when nothing is set. */
  Map<String, String> pairs(String key) {
    for (SettingValue value = value(key); value != null; value = value(key)) {
      try {
        return TextLists.pairs(value.text());
      } catch (IllegalArgumentException e) {
        reject(value, e.getMessage() + "; write key=value,key2=value2, percent-encoded");
      }
    }
    return Map.of();
  }

  /** Reports a bad value and forgets it. */
  void reject(SettingValue value, String reason) {
    SettingDefinition definition = SettingCatalogue.find(value.key());
    values.remove(value.key());
    String instead = textOrNull(definition.isPattern() ? value.key() : definition.key());
    if (instead == null && !definition.defaultComputed()) {
      instead = definition.defaultText();
    }
    StringBuilder message = new StringBuilder(value.key());
    if (definition.type() != SettingType.SECRET_PAIRS) {
      message.append('=').append(Masking.mask(definition, value.text()));
    }
    message.append(" (").append(value.origin()).append("): ").append(reason).append(". ");
    if (instead != null) {
      message.append("Using ").append(Masking.mask(definition, instead)).append('.');
    } else if (definition.defaultText().equals("none")) {
      message.append("Ignored.");
    } else {
      message.append("Using the default: ").append(definition.defaultText().replace("`", ""));
      message.append('.');
    }
    problem(message.toString());
  }

  private static String defaultText(String key) {
    return SettingCatalogue.find(key).defaultText();
  }
}
