package io.opentelemetry.api.baggage;

import io.opentelemetry.context.Context;
import java.util.Map;

/** The part of OpenTelemetry's API that the agent uses. */
public final class Baggage {
  private static final ThreadLocal<Baggage> CURRENT = new ThreadLocal<>();

  private final Map<String, String> entries;

  private Baggage(Map<String, String> entries) {
    this.entries = entries;
  }

  /** Sets the baggage of this thread; {@code null} for none. */
  public static void set(Map<String, String> entries) {
    if (entries == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(new Baggage(entries));
    }
  }

  /** Returns the baggage of a context, or {@code null}. */
  @SuppressWarnings("unused") // the only context here is that of the thread
  public static Baggage fromContextOrNull(Context context) {
    return CURRENT.get();
  }

  /** Returns the value of an entry, or {@code null}. */
  public String getEntryValue(String key) {
    return entries.get(key);
  }
}
