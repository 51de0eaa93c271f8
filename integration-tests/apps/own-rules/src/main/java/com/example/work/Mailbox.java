package com.example.work;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A queue in memory. Each delivery has a receipt of its own. */
final class Mailbox {
  private static final int MAX_DELIVERIES = 10;

  private record Waiting(String body, Instant enqueuedAt, int deliveries) {}

  private final String name;
  private final Ledger ledger;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<String, Message> invisible = new HashMap<>();
  private int receipts;

  Mailbox(String name, Ledger ledger) {
    this.name = name;
    this.ledger = ledger;
  }

  public String name() {
    return name;
  }

  public int approximateCount() {
    return waiting.size();
  }

  void send(String body, Duration age) {
    waiting.add(new Waiting(body, Instant.now().minus(age), 0));
  }

  List<Message> receive(int max) {
    List<Message> received = new ArrayList<>();
    while (received.size() < max && !waiting.isEmpty()) {
      Waiting next = waiting.remove();
      int deliveries = next.deliveries() + 1;
      String receipt = name + "-" + receipts++;
      Message message = new Message(next.body(), receipt, next.enqueuedAt(), deliveries);
      invisible.put(receipt, message);
      received.add(message);
      ledger.add(series() + "messages_received", 1);
      ledger.add(series() + "queue_lag.total_count", 1);
      ledger.add(series() + "total_retries", deliveries - 1);
      ledger.add(series() + "delivery_count_dist." + Math.min(deliveries, MAX_DELIVERIES), 1);
    }
    return received;
  }

  /** A receipt that is not known any more is an error. */
  void acknowledge(String receipt) {
    settle(receipt);
    ledger.add(series() + "messages_acked", 1);
  }

  void nack(String receipt) {
    Message message = settle(receipt);
    waiting.add(new Waiting(message.body(), message.enqueuedAt(), message.deliveryCount()));
    ledger.add(series() + "messages_nacked", 1);
  }

  /** The message is acknowledged here, and this is no acknowledgement for anybody else. */
  void deadLetter(Message message, String reason) {
    acknowledge(message.receipt());
    ledger.add(series() + "messages_acked", -1);
    ledger.add(series() + "messages_dead_lettered", 1);
  }

  private Message settle(String receipt) {
    Message message = invisible.remove(receipt);
    if (message == null) {
      throw new IllegalStateException("no such receipt: " + receipt);
    }
    return message;
  }

  void count() {
    ledger.set(series() + "queue_depth", waiting.size());
  }

  private String series() {
    return "mailboxes/" + name + "/";
  }
}
