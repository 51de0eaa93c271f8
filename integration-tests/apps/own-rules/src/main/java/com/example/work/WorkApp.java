package com.example.work;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Works through two mailboxes, and prints what it has counted itself. */
final class WorkApp {
  private static final Ledger LEDGER = new Ledger();

  /** Both live as long as the process, which samples them at its end. */
  private static final Mailbox REQUESTS = new Mailbox("requests", LEDGER);

  private static final Mailbox REPLIES = new Mailbox("replies", LEDGER);

  private WorkApp() {}

  /** Runs the application. */
  public static void main(String[] args) {
    AcmeAdapter adapter = new AcmeAdapter(new ToolExecutor(LEDGER), LEDGER);
    for (String experiment : List.of("baseline", "v2-concise")) {
      ask(adapter, experiment, "what is it", List.of());
      ask(adapter, experiment, "use tools", List.of("search", "fetch", "search"));
      ask(adapter, experiment, "refuse", List.of());
      ask(adapter, experiment, "break", List.of());
      ask(adapter, experiment, "filter", List.of());
    }
    ask(adapter, "v2-concise", "once more", List.of());
    Request later = new Request("large", new Experiment("v2-concise"), "later", List.of());
    CompletableFuture<Result> result = adapter.evaluateAsync(later);
    adapter.answer();
    result.join();
    work();
    REQUESTS.count();
    REPLIES.count();
    LEDGER.print();
  }

  private static void ask(Adapter adapter, String experiment, String prompt, List<String> tools) {
    try {
      adapter.evaluate(new Request("large", new Experiment(experiment), prompt, tools));
    } catch (ThrottledException expected) {
      // The adapter has counted it.
    }
  }

  private static void work() {
    for (int i = 0; i < 6; i++) {
      REQUESTS.send("request " + i, Duration.ofSeconds(i));
    }
    List<Message> first = REQUESTS.receive(4);
    REQUESTS.acknowledge(first.get(0).receipt());
    REQUESTS.nack(first.get(1).receipt());
    REQUESTS.deadLetter(first.get(2), "poison");
    twice(first.get(0));
    List<Message> next = REQUESTS.receive(3);
    REQUESTS.nack(next.get(2).receipt());
    REQUESTS.acknowledge(REQUESTS.receive(1).get(0).receipt());
    REQUESTS.send("one more", Duration.ZERO);
    REQUESTS.send("and another", Duration.ZERO);

    REPLIES.send("reply", Duration.ofMinutes(2));
    REPLIES.acknowledge(REPLIES.receive(5).get(0).receipt());
    REPLIES.receive(5);
  }

  /** A receipt is worth one settlement. */
  private static void twice(Message settled) {
    try {
      REQUESTS.acknowledge(settled.receipt());
      throw new AssertionError("settled twice");
    } catch (IllegalStateException expected) {
      // The mailbox has not counted it either.
    }
  }
}
