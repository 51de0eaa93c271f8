package com.example.springkafka;

import java.util.List;

/**
 * {@code java -jar spring-kafka-newest.jar <port> <scenario…>}: the topic of a scenario has the
 * scenario's name.
 */
public final class SpringKafkaApp {
  private SpringKafkaApp() {}

  /** See the class. */
  public static void main(String[] args) {
    if (args.length < 2) {
      System.err.println("usage: java -jar spring-kafka-newest.jar <port> <scenario...>");
      System.exit(2);
    }
    int status = 1;
    try (Cluster cluster = new Cluster("127.0.0.1:" + args[0])) {
      for (String scenario : List.of(args).subList(1, args.length)) {
        System.out.println("== " + scenario);
        play(scenario, cluster);
      }
      System.out.println("== end");
      status = 0;
    } catch (Exception e) {
      e.printStackTrace();
    }
    System.exit(status); // a listener may still be busy
  }

  private static void play(String scenario, Cluster cluster) throws Exception {
    Acks acks = new Acks(cluster, scenario);
    Retries retries = new Retries(cluster, scenario);
    Batches batches = new Batches(cluster, scenario);
    switch (scenario) {
      case "each" -> acks.each();
      case "at-once" -> acks.atOnce();
      case "by-hand" -> acks.byHand();
      case "by-kafka" -> acks.byKafka();
      case "many" -> acks.many();
      case "two-threads" -> acks.twoThreads();
      case "never-acked" -> acks.never();
      case "nacked" -> acks.nacked();
      case "stopped" -> acks.stopped();
      case "restart" -> acks.restart();
      case "waiting" -> acks.waiting();
      case "retried" -> retries.retried(true);
      case "retried-in-memory" -> retries.retried(false);
      case "dead" -> retries.dead(true);
      case "dead-in-memory" -> retries.dead(false);
      case "dead-at-second-try" -> retries.deadAtSecondTry();
      case "dropped" -> retries.dropped();
      case "unreadable" -> retries.unreadable();
      case "rolled-back" -> retries.rolledBack();
      case "without-group" -> retries.withoutGroup();
      case "batch" -> batches.batch();
      case "batch-nacked" -> batches.nacked();
      case "batch-retried" -> batches.retried();
      case "batch-dead" -> batches.dead();
      case "batch-part-dead" -> batches.partDead(true);
      case "batch-part-dead-in-memory" -> batches.partDead(false);
      case "hops" -> new RetryTopics(cluster, scenario).several();
      case "hops-one-topic" -> new RetryTopics(cluster, scenario).one();
      case "hops-dropped" -> new RetryTopics(cluster, scenario).dropped();
      default -> throw new IllegalArgumentException("no scenario " + scenario);
    }
  }
}
