package com.example.pulsar;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.PulsarClient;

/**
 * {@code java -jar pulsar-newest.jar <port> <scenario…>}; the topic of a scenario has the
 * scenario's name. The number of messages of the scenario {@code many} is the property {@code
 * many}.
 */
public final class PulsarApp {
  private PulsarApp() {}

  /** See the class. */
  public static void main(String[] args) {
    if (args.length < 2) {
      System.err.println("usage: java -jar pulsar-newest.jar <port> <scenario...>");
      System.exit(2);
    }
    try (PulsarClient client =
        PulsarClient.builder()
            .serviceUrl("pulsar://127.0.0.1:" + args[0])
            .enableTransaction(true)
            .maxBackoffInterval(1, TimeUnit.SECONDS)
            .build()) {
      for (String scenario : List.of(args).subList(1, args.length)) {
        System.out.println("== " + scenario);
        play(scenario, new Mailbox(client, scenario));
      }
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1); // the client's threads would go on
    }
    System.out.println("== end");
    System.exit(0);
  }

  private static void play(String scenario, Mailbox mailbox) throws Exception {
    Receiving receiving = new Receiving(mailbox);
    Settling settling = new Settling(mailbox);
    Redelivering redelivering = new Redelivering(mailbox);
    Broker broker = new Broker(mailbox);
    switch (scenario) {
      case "plain" -> receiving.plain();
      case "batch" -> receiving.batch();
      case "listener" -> receiving.listener();
      case "async" -> receiving.async();
      case "zero" -> receiving.zero();
      case "two" -> receiving.two();
      case "partitioned" -> receiving.partitioned();
      case "partitioned-listener" -> receiving.partitionedListener();
      case "several" -> receiving.several();
      case "several-async" -> receiving.severalAsync();
      case "failing" -> receiving.failing(10);
      case "zero-failing" -> receiving.failing(0);
      case "reader" -> receiving.reader();
      case "once" -> receiving.once();
      case "many" -> receiving.many(Integer.getInteger("many"));
      case "cumulative" -> settling.cumulative();
      case "cumulative-batch" -> settling.cumulativeBatch();
      case "twice" -> settling.twice();
      case "closed" -> settling.closed();
      case "failed" -> settling.failed();
      case "nacked" -> redelivering.nacked();
      case "all-nacked" -> redelivering.allNacked();
      case "part-of-batch" -> redelivering.partOfBatch();
      case "dead" -> redelivering.dead();
      case "retry" -> redelivering.retry();
      case "timeout" -> redelivering.timeout();
      case "committed" -> broker.committed();
      case "committed-cumulatively" -> broker.committedCumulatively();
      case "aborted" -> broker.aborted();
      case "restart" -> broker.restart();
      default -> throw new IllegalArgumentException("no scenario " + scenario);
    }
  }
}
