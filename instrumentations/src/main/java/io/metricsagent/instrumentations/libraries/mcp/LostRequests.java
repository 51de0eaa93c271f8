package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the errors of requests that got no answer of the protocol. If an HTTP status was the cause,
 * the exceptions of the SDK's second stack have a getter for the status; the exceptions of other
 * clients have it only in their messages. Stateless.
 */
final class LostRequests {
  private static final String SDK = "io.modelcontextprotocol.spec.McpTransportException";
  private static final String MODERN =
      "io.modelcontextprotocol.modern.client.transport.McpHttpStatusException";
  private static final Accessor MODERN_STATUS = Accessor.path("statusCode()");
  private static final Pattern STATUS = Pattern.compile("[A-Za-z. ]*[Ss]tatus code: ?(\\d{3})");

  private LostRequests() {}

  /** Returns the HTTP status, or the type of the exception if it has no status. */
  static String errorType(Throwable error) {
    Throwable inner = Errors.unwrapped(error);
    if (inner.getClass().getName().equals(MODERN)) {
      return MODERN_STATUS.readString(inner);
    }
    if (inner.getClass() == RuntimeException.class || inner.getClass().getName().equals(SDK)) {
      Matcher status = STATUS.matcher(String.valueOf(inner.getMessage()));
      if (status.lookingAt()) {
        return status.group(1);
      }
    }
    return Errors.type(inner);
  }
}
