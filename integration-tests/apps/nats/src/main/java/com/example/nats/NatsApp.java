package com.example.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * {@code java -jar nats-newest.jar <port> <port of another server> <scenario…>}; the stream has the
 * scenario's name.
 */
public final class NatsApp {
  private NatsApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length < 3) {
      System.err.println("usage: java -jar nats-newest.jar <port> <other port> <scenario...>");
      System.exit(2);
    }
    Options other = options(args[1]);
    for (String scenario : List.of(args).subList(2, args.length)) {
      System.out.println("== " + scenario);
      try (Connection connection = Nats.connect(options(args[0]))) {
        play(scenario, connection, other);
      }
    }
  }

  private static Options options(String port) {
    return new Options.Builder()
        .server("nats://127.0.0.1:" + port)
        .maxReconnects(-1)
        .reconnectWait(Duration.ofMillis(200))
        .errorListener(new ErrorListener() {})
        .build();
  }

  private static void play(String scenario, Connection connection, Options other) throws Exception {
    Mailbox mailbox = new Mailbox(connection, scenario.toUpperCase(Locale.ROOT));
    Receiving receiving = new Receiving(mailbox);
    Settling settling = new Settling(mailbox);
    switch (scenario) {
      case "fetched" -> receiving.fetched();
      case "pushed" -> receiving.pushed();
      case "iterated" -> receiving.iterated();
      case "next" -> receiving.next();
      case "consumed" -> receiving.consumed();
      case "many" -> receiving.many();
      case "dispatched" -> receiving.dispatched();
      case "unacknowledged" -> receiving.unacknowledged();
      case "ordered" -> receiving.ordered();
      case "shared" -> receiving.shared();
      case "some" -> receiving.some();
      case "store" -> receiving.store();
      case "once" -> receiving.once();
      case "requests" -> receiving.requests();
      case "twice" -> settling.twice();
      case "all" -> settling.all();
      case "redelivered" -> settling.redelivered();
      case "terminated" -> settling.terminated();
      case "abandoned" -> settling.abandoned();
      case "twins" -> {
        try (Connection toOther = Nats.connect(other)) {
          settling.twins(toOther);
        }
      }
      case "restart" -> settling.restart();
      default -> throw new IllegalArgumentException("no scenario " + scenario);
    }
  }
}
