package com.example.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.util.List;

/**
 * {@code java -jar rabbitmq-newest.jar <port> <recovering or plain> <scenario…>}: the connection of
 * a scenario recovers by itself, or does not, for which the client has two classes of channels.
 */
public final class RabbitApp {
  private static final int RECOVERY_MILLIS = 300;

  private RabbitApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length < 3) {
      System.err.println(
          "usage: java -jar rabbitmq-newest.jar <port> <recovering|plain> <scenario...>");
      System.exit(2);
    }
    OwnHandler exceptions = new OwnHandler();
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(Integer.parseInt(args[0]));
    factory.setAutomaticRecoveryEnabled(args[1].equals("recovering"));
    factory.setNetworkRecoveryInterval(RECOVERY_MILLIS);
    factory.setExceptionHandler(exceptions);
    for (String scenario : List.of(args).subList(2, args.length)) {
      System.out.println("== " + scenario);
      try (Connection connection = factory.newConnection()) {
        play(scenario, connection, exceptions);
      }
    }
  }

  /** A scenario's queue has the scenario's name. */
  private static void play(String scenario, Connection connection, OwnHandler exceptions)
      throws Exception {
    Mailbox mailbox = new Mailbox(connection, scenario);
    Receiving receiving = new Receiving(mailbox);
    Settling settling = new Settling(mailbox);
    switch (scenario) {
      case "plain" -> receiving.plain();
      case "auto-ack" -> receiving.autoAck();
      case "lambda" -> receiving.lambda();
      case "get" -> receiving.get();
      case "get-some" -> receiving.getSome();
      case "two-consumers" -> receiving.twoConsumers();
      case "many" -> receiving.many();
      case "ages" -> receiving.ages();
      case "temporary" -> receiving.temporary();
      case "publisher" -> receiving.publish();
      case "own-consumer" -> receiving.ownConsumer(exceptions);
      case "churn" -> receiving.churn();
      case "multiple" -> settling.multiple();
      case "redelivery" -> settling.redelivery();
      case "rejected" -> settling.rejected();
      case "recover" -> settling.recover();
      case "expiry" -> settling.expiry();
      case "transaction" -> settling.transaction();
      case "uncommitted" -> settling.uncommitted();
      case "abandoned" -> settling.abandoned();
      case "cancelled" -> settling.cancelled();
      case "restart" -> settling.restart();
      default -> throw new IllegalArgumentException("no scenario " + scenario);
    }
  }
}
