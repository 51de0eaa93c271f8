package com.example.jms;

import com.example.jms.memory.MemoryProvider;
import java.util.List;

/** {@code java -jar jms-jakarta.jar <activemq, artemis or memory> <scenario…>}. */
public final class JmsApp {
  private JmsApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      System.err.println(
          "usage: java -jar jms-jakarta.jar <activemq|artemis|memory> <scenario...>");
      System.exit(2);
    }
    try (Provider provider = provider(args[0])) {
      for (String scenario : List.of(args).subList(1, args.length)) {
        System.out.println("== " + scenario);
        play(scenario, provider);
      }
    }
  }

  private static Provider provider(String name) throws Exception {
    return switch (name) {
      case "memory" -> new MemoryProvider();
      case "activemq" -> new ActiveMqProvider();
      // By name, because there is no client of Artemis for javax.jms to compile it with.
      default ->
          (Provider)
              Class.forName("com.example.jms.ArtemisProvider")
                  .getDeclaredConstructor()
                  .newInstance();
    };
  }

  /** A scenario's queue has the scenario's name. */
  private static void play(String scenario, Provider provider) throws Exception {
    Scenarios scenarios = new Scenarios(provider, scenario);
    switch (scenario) {
      case "auto-receive" -> scenarios.autoReceive();
      case "auto-listener" -> scenarios.autoListener();
      case "client-ack" -> scenarios.clientAck();
      case "individual-ack" -> scenarios.individualAck();
      case "transacted" -> scenarios.transacted();
      case "recover" -> scenarios.recover();
      case "abandoned" -> scenarios.abandoned();
      case "dups-ok" -> scenarios.dupsOk();
      case "connection-closed" -> scenarios.connectionClosed();
      case "connection-closed-in-transaction" -> scenarios.connectionClosedInTransaction();
      case "expiry" -> scenarios.expiry();
      case "expiry-in-client" -> scenarios.expiryInClient();
      case "poison" -> scenarios.poison();
      case "context" -> Scenarios.context((ActiveMqProvider) provider, scenario);
      default -> throw new IllegalArgumentException("no scenario " + scenario);
    }
  }
}
