package io.metricsagent.instrumentations.context;

import java.util.Map;

/**
 * The keys under which an application says what a call is made for. A field that is not renamed has
 * two keys, {@code metrics.agent.experiment} and {@code experiment}, of which the first one wins.
 * Immutable.
 */
public final class ContextKeys {
  private static final String PREFIX = "metrics.agent.";

  /** The keys of each field, by the field's ordinal; the first one that has a value counts. */
  private final String[][] keys;

  private ContextKeys(String[][] keys) {
    this.keys = keys;
  }

  /**
   * Returns keys of which some are renamed.
   *
   * @param renamed the only key of a field; an empty text for a field that is not read
   */
  public static ContextKeys of(Map<ContextField, String> renamed) {
    ContextField[] fields = ContextField.values();
    String[][] keys = new String[fields.length][];
    for (ContextField field : fields) {
      String own = renamed.get(field);
      if (own == null) {
        keys[field.ordinal()] = new String[] {PREFIX.concat(field.key()), field.key()};
      } else {
        keys[field.ordinal()] = own.isEmpty() ? new String[0] : new String[] {own};
      }
    }
    return new ContextKeys(keys);
  }

  /** Returns the keys of a field; the array must not be changed. */
  String[] of(ContextField field) {
    return keys[field.ordinal()];
  }
}
