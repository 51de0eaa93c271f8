package com.example.kafka;

import java.util.List;

/**
 * {@code java -jar kafka.jar <port> <classic or consumer> <scenario…>}: the topic of a scenario has
 * the scenario's name.
 */
public final class KafkaApp {
  private KafkaApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length < 3) {
      System.err.println("usage: java -jar kafka.jar <port> <classic|consumer> <scenario...>");
      System.exit(2);
    }
    Cluster cluster = new Cluster("127.0.0.1:" + args[0], args[1]);
    for (String scenario : List.of(args).subList(2, args.length)) {
      System.out.println("== " + scenario);
      play(scenario, cluster);
    }
    System.out.println("== end");
  }

  private static void play(String scenario, Cluster cluster) throws Exception {
    Commits commits = new Commits(cluster, scenario);
    Positions positions = new Positions(cluster, scenario);
    Transacted transacted = new Transacted(cluster, scenario);
    Groups groups = new Groups(cluster, scenario);
    switch (scenario) {
      case "commit-sync" -> commits.sync();
      case "commit-async" -> commits.async();
      case "commit-auto" -> commits.automatic();
      case "commit-part" -> commits.part();
      case "batch" -> commits.batch();
      case "many" -> commits.many();
      case "closed" -> commits.closed();
      case "intercepted" -> commits.intercepted();
      case "restart" -> commits.restart();
      case "seek" -> positions.seek();
      case "replay" -> positions.replay();
      case "with.dots" -> positions.stays();
      case "stamped-by-broker" -> positions.stampedByBroker();
      case "from-the-future" -> positions.fromTheFuture();
      case "transacted" -> transacted.offsets();
      case "gaps" -> transacted.gaps();
      case "two-consumers" -> groups.two();
      case "rebalance" -> groups.rebalance();
      case "share-implicit" -> new Shares(cluster, scenario).implicit();
      case "share-explicit" -> new Shares(cluster, scenario).explicit();
      case "share-closed" -> new Shares(cluster, scenario).closed();
      default -> throw new IllegalArgumentException("no scenario " + scenario);
    }
  }
}
