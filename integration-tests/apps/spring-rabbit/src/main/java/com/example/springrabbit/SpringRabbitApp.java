package com.example.springrabbit;

import java.util.List;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** {@code java -jar spring-rabbit-newest.jar <port> <scenario…>}. */
public final class SpringRabbitApp {
  private SpringRabbitApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      System.err.println("usage: java -jar spring-rabbit-newest.jar <port> <scenario...>");
      System.exit(2);
    }
    CachingConnectionFactory connections =
        new CachingConnectionFactory("127.0.0.1", Integer.parseInt(args[0]));
    try {
      for (String scenario : List.of(args).subList(1, args.length)) {
        System.out.println("== " + scenario);
        play(scenario, new Scenarios(connections, scenario));
      }
    } finally {
      connections.destroy();
    }
  }

  /** A scenario's queue has the scenario's name. */
  private static void play(String scenario, Scenarios scenarios) throws Exception {
    switch (scenario) {
      case "simple" -> scenarios.succeeds(scenarios.simple());
      case "direct" -> scenarios.succeeds(scenarios.direct());
      case "batch-acks" -> scenarios.batchAcks();
      case "direct-batch-acks" -> scenarios.directBatchAcks();
      case "retried" -> scenarios.retried();
      case "republished" -> scenarios.republished(scenarios.simple());
      case "republished-direct" -> scenarios.republished(scenarios.direct());
      case "refused" -> scenarios.refused();
      case "requeued" -> scenarios.requeued(scenarios.simple());
      case "requeued-direct" -> scenarios.requeued(scenarios.direct());
      case "transacted" -> scenarios.transacted();
      case "forced-stop" -> scenarios.forcedStop();
      case "template" -> scenarios.template();
      default -> throw new IllegalArgumentException("no scenario " + scenario);
    }
  }
}
