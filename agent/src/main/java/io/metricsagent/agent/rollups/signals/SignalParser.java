package io.metricsagent.agent.rollups.signals;

import io.metricsagent.agent.rollups.Quantity;
import io.metricsagent.agent.runs.Window;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Parses lines of a file of signals. Not thread-safe.
 *
 * <p>A line must have a time within the years 1 to 9999 and a kind. A rate of output that is no
 * possible rate makes the whole line unreadable; other fields of a wrong type count as absent. An
 * id may also be a whole number.
 */
final class SignalParser {
  private static final double MILLIS = 1000;

  /** In pieces a second. */
  private static final double MAX_RATE = 1e9;

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .build();

  /** Whether the line that is being parsed has a usable time. */
  private boolean timed;

  /**
   * Parses a line.
   *
   * @return whether the line is one JSON object that is a signal
   */
  boolean parse(byte[] bytes, int begin, int end, Signal signal) {
    signal.clear();
    timed = false;
    try (JsonParser json =
        factory.createParser(ObjectReadContext.empty(), bytes, begin, end - begin)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (!field(json, name, signal)) {
          return false;
        }
      }
      return json.nextToken() == null && timed && signal.kind != null;
    } catch (JacksonException e) {
      return false; // whatever is wrong with the line
    }
  }

  private boolean field(JsonParser json, String name, Signal signal) {
    JsonToken value = json.nextToken();
    switch (name) {
      case "ts_ms" -> {
        double millis = value.isNumeric() ? json.getDoubleValue() : Double.NaN;
        if (!Window.isOnCalendar(millis / MILLIS)) {
          return false;
        }
        signal.at = value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : (long) millis;
        timed = true;
      }
      case "kind" -> signal.kind = kind(text(json, value));
      case "type" -> signal.type = text(json, value);
      case "stream_id" -> signal.streamId = id(json, value);
      case "request_id" -> signal.requestId = id(json, value);
      case "event_id" -> signal.eventId = id(json, value);
      case "provider" -> signal.provider = text(json, value);
      case "message" -> signal.message = text(json, value);
      case "model" -> signal.model = text(json, value);
      case "output_fps" -> {
        if (value.isNumeric()) {
          double rate = json.getDoubleValue();
          if (!(rate >= 0 && rate <= MAX_RATE)) {
            return false;
          }
          signal.outputRate = Math.round(rate * Quantity.UNITS);
        }
      }
      default -> json.skipChildren();
    }
    if (json.currentToken() == JsonToken.START_OBJECT
        || json.currentToken() == JsonToken.START_ARRAY) {
      json.skipChildren();
    }
    return true;
  }

  private static Signal.Kind kind(String text) {
    return switch (text == null ? "" : text.strip().toLowerCase(Locale.ROOT)) {
      case "trace" -> Signal.Kind.TRACE;
      case "event" -> Signal.Kind.EVENT;
      case "status" -> Signal.Kind.STATUS;
      default -> null;
    };
  }

  private static String text(JsonParser json, JsonToken value) {
    return value == JsonToken.VALUE_STRING ? json.getString() : null;
  }

  private static String id(JsonParser json, JsonToken value) {
    return value == JsonToken.VALUE_NUMBER_INT ? json.getString() : text(json, value);
  }
}
