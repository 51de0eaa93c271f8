package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.BatchRequest;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.BatchResponse;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.DescribeRequest;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Description;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Done;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Entry;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Message;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.ReceiveRequest;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.ReceiveResponse;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.SettleRequest;
import io.metricsagent.instrumentations.libraries.sqs.SettleHandler.Change;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Clients whose methods are woven, and what was recorded of them. */
final class SqsSession {
  static final String URL = "http://sqs.us-east-1.amazonaws.com/123456789012/orders";

  final Recorded recorded;
  final SqsTracker tracker;
  final Object client = new FakeSqs.Client();

  private final Woven receive;
  private final Woven delete;
  private final Woven deleteBatch;
  private final Woven visibility;
  private final Woven visibilityBatch;
  private final Woven describe;
  private final Woven close;
  private final Woven fetch = Woven.with(new FetchHandler());
  private final Woven handOver;

  SqsSession() {
    this(new Recorded());
  }

  SqsSession(Recorded recorded) {
    this.recorded = recorded;
    tracker = new SqsTracker(recorded.registry());
    receive = Woven.replacing(0, new ReceiveHandler(tracker));
    delete = Woven.with(new SettleHandler(tracker, Change.DELETE, false));
    deleteBatch = Woven.with(new SettleHandler(tracker, Change.DELETE, true));
    visibility = Woven.with(new SettleHandler(tracker, Change.VISIBILITY, false));
    visibilityBatch = Woven.with(new SettleHandler(tracker, Change.VISIBILITY, true));
    describe = Woven.with(new DescribeHandler(tracker));
    close = Woven.with(new CloseHandler(tracker));
    handOver = Woven.with(new HandOverHandler(tracker));
  }

  /** Makes a message that was sent five seconds ago. */
  static Message message(String receipt, int deliveries) {
    return new Message(
        "id of " + receipt,
        receipt,
        Map.of(
            "SentTimestamp",
            String.valueOf(System.currentTimeMillis() - 5_000),
            "ApproximateReceiveCount",
            String.valueOf(deliveries)));
  }

  /** Receives; returns what the application gets. */
  Object receive(Object by, ReceiveRequest request, Woven.Body server) {
    return receive.call(server, by, request);
  }

  ReceiveResponse receive(Message... messages) {
    return (ReceiveResponse)
        receive(client, ReceiveRequest.of(URL), args -> ReceiveResponse.of(messages));
  }

  /** The batch manager fetches messages ahead. */
  void fetch(Message... messages) {
    fetch.call(args -> receive(messages), new FakeSqs.Client());
  }

  /** The batch manager gives a fetched message back; the answer comes after {@code meanwhile}. */
  void giveBackFetched(String receipt, Runnable meanwhile) {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    BatchRequest request = new BatchRequest(URL, List.of(new Entry("0", receipt, 0)));
    fetch.call(args -> visibilityBatch.call(more -> answer, client, request), new FakeSqs.Client());
    meanwhile.run();
    answer.complete(BatchResponse.of("0"));
  }

  /** The batch manager gives the application messages, or passes its request on to the client. */
  Object handOver(Woven.Body manager) {
    return handOver.call(manager, new FakeSqs.Client(), ReceiveRequest.of(URL));
  }

  Object delete(String receipt, Woven.Body server) {
    return delete.call(server, client, new SettleRequest(URL, receipt, null));
  }

  void delete(String receipt) {
    delete(receipt, args -> new Done());
  }

  void visibility(String receipt, int seconds) {
    visibility.call(args -> new Done(), client, new SettleRequest(URL, receipt, seconds));
  }

  void deleteBatch(BatchResponse response, Entry... entries) {
    deleteBatch.call(args -> response, client, new BatchRequest(URL, List.of(entries)));
  }

  void visibilityBatch(BatchResponse response, Entry... entries) {
    visibilityBatch.call(args -> response, client, new BatchRequest(URL, List.of(entries)));
  }

  void describe(Map<String, String> attributes) {
    describe.call(args -> new Description(attributes), client, new DescribeRequest(URL));
  }

  void close(Object closed) {
    close.call(args -> null, closed);
  }

  MailboxSnapshot mailbox(String queue) {
    return recorded.mailboxes().stream()
        .filter(mailbox -> mailbox.queueName().equals(queue))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no mailbox " + queue));
  }

  /** Returns received, acked, nacked and dead-lettered messages of the only mailbox. */
  List<Long> counts() {
    MailboxSnapshot mailbox = recorded.mailbox();
    return List.of(mailbox.received(), mailbox.acked(), mailbox.nacked(), mailbox.deadLettered());
  }
}
