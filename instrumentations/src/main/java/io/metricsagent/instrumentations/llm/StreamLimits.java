package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import java.util.Map;
import java.util.Set;

/**
 * Recognises a rate limit that a stream reports after the status 200, by the code or the type in
 * the stream's event, wherever the library stores it. Stateless.
 */
final class StreamLimits {
  private static final Set<String> CODES =
      Set.of("rate_limit_exceeded", "rate_limit_error", "overloaded_error", "too_many_requests");

  private static final Accessor CODE = Accessor.path("code()");
  private static final Accessor TYPE = Accessor.path("type()");
  private static final Accessor BODY = Accessor.path("body().asObject()");
  private static final Accessor OBJECT = Accessor.path("asObject()");
  private static final Accessor TEXT = Accessor.path("asString()");

  private static final int MAX_CAUSES = 8;

  /**
   * The start of an event. Up to 1.16, LangChain4j's client of Anthropic uses the unchanged event
   * as the message of an exception. Quotes inside a string of the event have backslashes before
   * them, so a string cannot look like a field.
   */
  private static final String EVENT = "{\"type\":\"error\"";

  private StreamLimits() {}

  /**
   * Returns whether an error, or one of its causes, is a rate limit that a stream reported; {@code
   * false} if the error has a status, because the attempt with that status was counted when it
   * ended.
   */
  static boolean tells(Throwable error) {
    boolean found = false;
    Throwable current = error;
    for (int i = 0; i < MAX_CAUSES && current != null; i++) {
      if (Errors.hasThrottleStatus(current)) {
        return false;
      }
      found |= isLimit(current);
      current = current.getCause();
    }
    return found;
  }

  private static boolean isLimit(Throwable error) {
    return isCode(Errors.isOfType(error) ? Errors.type(error) : CODE.readString(error))
        || isCode(TYPE.readString(error))
        || isCode(typeInBody(error))
        || isEvent(error);
  }

  private static boolean isCode(String code) {
    return code != null && CODES.contains(code);
  }

  /**
   * Returns the error's type in the body: the first clients of Anthropic have no getter for the
   * type.
   */
  private static String typeInBody(Throwable error) {
    return BODY.read(error) instanceof Map<?, ?> body
            && OBJECT.read(body.get("error")) instanceof Map<?, ?> said
        ? TEXT.readString(said.get("type"))
        : null;
  }

  private static boolean isEvent(Throwable error) {
    String message = error.getClass() == RuntimeException.class ? error.getMessage() : null;
    if (message == null || !message.startsWith(EVENT)) {
      return false;
    }
    for (String code : CODES) {
      if (message.contains("\"type\":\"" + code + "\"")) {
        return true;
      }
    }
    return false;
  }
}
