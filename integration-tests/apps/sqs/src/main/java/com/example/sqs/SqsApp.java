package com.example.sqs;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code java -jar sqs-newest.jar <port> <scenario…>}: the queue of a scenario has the scenario's
 * name.
 */
public final class SqsApp {
  private SqsApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      System.err.println("usage: java -jar sqs-newest.jar <port> <scenario...>");
      System.exit(2);
    }
    Server server = new Server(URI.create("http://127.0.0.1:" + args[0]));
    for (String scenario : List.of(args).subList(1, args.length)) {
      System.out.println("== " + scenario);
      try (SqsClient client = server.client()) {
        play(scenario, server, client);
      }
    }
    System.out.println("== end");
    System.exit(0); // the SDK's threads live on
  }

  private static void play(String scenario, Server server, SqsClient client) throws Exception {
    Settling settling = new Settling(server, client, scenario);
    Receiving receiving = new Receiving(server, client, scenario);
    switch (scenario) {
      case "plain" -> settling.plain();
      case "batch" -> settling.batch();
      case "twice" -> settling.twice();
      case "given-back" -> settling.givenBack();
      case "dead" -> settling.dead();
      case "closed" -> settling.closed();
      case "failed" -> settling.failed();
      case "empty" -> receiving.empty();
      case "kept" -> receiving.kept();
      case "two-clients" -> receiving.two();
      case "async" -> receiving.async();
      case "attributes" -> receiving.attributes();
      case "many" -> receiving.many();
      case "restart" -> receiving.restart();
      case "buffered" -> // not in the oldest release
          Class.forName("com.example.sqs.Buffered")
              .getMethod("play", URI.class, String.class)
              .invoke(null, server.address(), scenario);
      default -> throw new IllegalArgumentException("no scenario " + scenario);
    }
  }
}
