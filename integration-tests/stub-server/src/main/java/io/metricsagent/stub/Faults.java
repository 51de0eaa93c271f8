package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends the faults that the scripts of one operation's requests ask for, and enters them in the
 * ledger.
 */
final class Faults {
  private final Ledger ledger;
  private final String operation;
  private final ErrorFormat format;

  /** Calls whose first attempt was throttled and whose second attempt has not come yet. */
  private final Set<String> throttledOnce = ConcurrentHashMap.newKeySet();

  Faults(Ledger ledger, String operation, ErrorFormat format) {
    this.ledger = ledger;
    this.operation = operation;
    this.format = format;
  }

  /**
   * Sends the fault that a script asks for and returns whether there is one; if not, the request
   * needs an answer.
   */
  boolean send(HttpExchange exchange, String model, Script script) throws IOException {
    switch (script.fault()) {
      case THROTTLE_ONCE -> {
        String call = model + " " + script.prompt();
        if (!throttledOnce.add(call)) {
          throttledOnce.remove(call);
          return false;
        }
        throttle(exchange, model);
      }
      case THROTTLE_ALWAYS -> throttle(exchange, model);
      case FAIL -> {
        ledger.failed(model, operation);
        StubServer.send(exchange, 500, format.error("server_error", "The server had an error"));
      }
      case MALFORMED -> {
        ledger.broken(model, operation);
        StubServer.send(exchange, 200, "{\"answer\": [ this is no JSON");
      }
      case CUT, LIMIT, LIMIT_FAILED, NONE -> {
        return false;
      }
    }
    return true;
  }

  private void throttle(HttpExchange exchange, String model) throws IOException {
    ledger.throttled(model, operation);
    StubServer.send(exchange, 429, format.error("rate_limit_exceeded", "Rate limit reached"));
  }
}
