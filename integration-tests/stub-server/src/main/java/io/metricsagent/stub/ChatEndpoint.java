package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Answers chat requests in the format of one API, at once or streamed. */
final class ChatEndpoint {
  /** The time between two pieces of a stream; long enough to tell the first piece from the last. */
  private static final long PIECE_MILLIS = 40;

  private static final String CHAT = "chat";

  private final Ledger ledger;
  private final Api api;
  private final Faults faults;

  ChatEndpoint(Ledger ledger, Api api) {
    this.ledger = ledger;
    this.api = api;
    faults = new Faults(ledger, CHAT, api);
  }

  void handle(HttpExchange exchange, String body) throws IOException {
    ChatRequest request = api.parse(exchange.getRequestURI(), body);
    Script script = request.script();
    StubServer.pause(script.delayMillis());
    if (script.fault() == Script.Fault.CUT) {
      ledger.broken(request.model(), CHAT);
      stream(exchange, api.reply(request, ledger.nextUsage()).events().subList(0, 3), 0, 0);
      throw new IOException("breaking off as told"); // the server closes the connection
    }
    if (script.fault() == Script.Fault.LIMIT || script.fault() == Script.Fault.LIMIT_FAILED) {
      limit(exchange, request);
      return;
    }
    if (!faults.send(exchange, request.model(), script)) {
      answer(exchange, request);
    }
  }

  private void limit(HttpExchange exchange, ChatRequest request) throws IOException {
    ledger.throttled(request.model(), CHAT);
    Reply answer = api.reply(request, ledger.nextUsage());
    List<String> events = new ArrayList<>(answer.events().subList(0, answer.framing() + 1));
    events.add(answer.limit());
    stream(exchange, events, 0, 0);
    exchange.getResponseBody().close();
  }

  private void answer(HttpExchange exchange, ChatRequest request) throws IOException {
    Usage usage = api.usage(ledger.nextUsage());
    Reply answer = api.reply(request, usage);
    boolean saysUsage = request.script().reportsUsage() && api.tellsUsage(request);
    // The answer is entered before it is sent, so that a client that has the answer finds it in the
    // ledger.
    ledger.answered(
        request.model(), CHAT, request.stream(), saysUsage ? usage : new Usage(0, 0, 0));
    answer.toolCalls().forEach(call -> ledger.toolCalled(call.name()));
    if (request.stream()) {
      stream(exchange, answer.events(), answer.framing(), request.script().lateMillis());
      exchange.getResponseBody().close();
    } else {
      api.headers(usage).forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      StubServer.send(exchange, 200, answer.body());
    }
  }

  /** Sends the events, some after a wait, and leaves the connection open. */
  private void stream(HttpExchange exchange, List<String> events, int framing, long lateMillis)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", api.streamType());
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (int i = 0; i < events.size(); i++) {
      if (i == framing) {
        StubServer.pause(lateMillis);
      }
      out.write(api.encode(events.get(i)));
      out.flush();
      StubServer.pause(PIECE_MILLIS);
    }
  }
}
