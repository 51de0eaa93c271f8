package io.metricsagent.instrumentations.libraries.sqs;

import static io.metricsagent.instrumentations.libraries.sqs.SqsSession.URL;
import static io.metricsagent.instrumentations.libraries.sqs.SqsSession.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.BatchResponse;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Done;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Entry;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Message;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.ReceiveRequest;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.ReceiveResponse;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of a message, from its delivery to its settlement. */
class SqsHandlersTest {
  private final SqsSession session = new SqsSession();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aMessageIsReceivedWithItsAgeAndDeliveryCountAndAckedWhenItIsDeleted() {
    session.receive(message("r1", 1), message("r2", 3));
    assertThat(session.counts()).containsExactly(2L, 0L, 0L, 0L);
    assertThat(session.recorded.mailbox().queueName()).isEqualTo("orders");
    assertThat(session.recorded.mailbox().system()).isEqualTo("aws_sqs");
    assertThat(session.recorded.mailbox().retries()).isEqualTo(2);
    assertThat(session.recorded.mailbox().deliveryCounts()).startsWith(1L, 0L, 1L);
    assertThat(session.recorded.mailbox().ages(AgeSource.BROKER_CLOCK)).isEqualTo(2);

    session.delete("r1");
    assertThat(session.counts()).containsExactly(2L, 1L, 0L, 0L);
  }

  @Test
  void aMessageThatIsDeletedAgainCountsOnce() {
    session.receive(message("r1", 1));
    session.delete("r1");
    session.delete("r1");
    session.deleteBatch(BatchResponse.of("a"), new Entry("a", "r1", null));

    assertThat(session.counts()).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void aMessageThatAnotherProcessReceivedIsAckedOnce() {
    session.delete("elsewhere");
    session.delete("elsewhere");

    assertThat(session.counts()).containsExactly(0L, 1L, 0L, 0L);
  }

  @Test
  void onlyTheEntriesOfABatchThatSucceededCount() {
    session.receive(message("r1", 1), message("r2", 1), message("r3", 1));
    session.deleteBatch(
        BatchResponse.of("c", "a"),
        new Entry("a", "r1", null),
        new Entry("b", "r2", null),
        new Entry("c", "r3", null));
    assertThat(session.counts()).containsExactly(3L, 2L, 0L, 0L);

    session.delete("r2");
    assertThat(session.counts()).containsExactly(3L, 3L, 0L, 0L);
  }

  @Test
  void aVisibilityOfZeroGivesBackAndAnyOtherCountsNothing() {
    session.receive(message("r1", 1), message("r2", 1), message("r3", 1), message("r4", 1));
    session.visibility("r1", 0);
    session.visibility("r1", 0);
    session.visibility("r2", 60);
    session.visibilityBatch(
        BatchResponse.of("a", "c"),
        new Entry("a", "r3", 0),
        new Entry("b", "r4", 0),
        new Entry("c", "r2", 90));

    assertThat(session.counts()).containsExactly(4L, 0L, 2L, 0L);
  }

  @Test
  void aRequestThatFailsCountsNothing() {
    IllegalStateException away = new IllegalStateException("away");
    assertThatThrownBy(
            () ->
                session.receive(
                    session.client,
                    ReceiveRequest.of(URL),
                    args -> {
                      throw away;
                    }))
        .isSameAs(away);
    assertThatThrownBy(
            () ->
                session.delete(
                    "r1",
                    args -> {
                      throw away;
                    }))
        .isSameAs(away);
    CompletableFuture<?> failed =
        (CompletableFuture<?>) session.delete("r1", args -> CompletableFuture.failedFuture(away));
    assertThat(failed).isCompletedExceptionally();
    assertThat(session.recorded.mailboxes()).isEmpty();
  }

  @Test
  void anEmptyAnswerMakesNoMailbox() {
    assertThat(session.receive().messages()).isEmpty();
    assertThat(session.recorded.mailboxes()).isEmpty();
  }

  @Test
  void anAsynchronousRequestCountsBeforeItsFutureCompletes() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    CompletableFuture<?> future =
        (CompletableFuture<?>)
            session.receive(session.client, ReceiveRequest.of(URL), args -> answer);
    List<List<Long>> seen = new ArrayList<>();
    future.whenComplete((response, error) -> seen.add(session.counts()));
    assertThat(session.recorded.mailboxes()).isEmpty();

    answer.complete(ReceiveResponse.of(message("r1", 1)));
    assertThat(seen).containsExactly(List.of(1L, 0L, 0L, 0L));
    assertThat(future.join())
        .isEqualTo(ReceiveResponse.of(new Message("id of r1", "r1", Map.of())));

    CompletableFuture<Object> deletion = new CompletableFuture<>();
    session.delete("r1", args -> deletion);
    assertThat(session.counts()).containsExactly(1L, 0L, 0L, 0L);
    deletion.complete(new Done());
    assertThat(session.counts()).containsExactly(1L, 1L, 0L, 0L);
  }

  private List<String> sent(ReceiveRequest request) {
    List<String> names = new ArrayList<>();
    session.receive(
        session.client,
        request,
        args -> {
          names.addAll(((ReceiveRequest) args[0]).names());
          return ReceiveResponse.of();
        });
    return names;
  }

  @Test
  void theRequestThatIsSentNamesThreeMoreAttributes() {
    assertThat(sent(ReceiveRequest.of(URL)))
        .containsExactlyInAnyOrder(
            "SentTimestamp", "ApproximateReceiveCount", "DeadLetterQueueSourceArn");
    assertThat(sent(ReceiveRequest.of(URL, "SenderId", "SentTimestamp")))
        .containsExactlyInAnyOrder(
            "SenderId", "SentTimestamp", "ApproximateReceiveCount", "DeadLetterQueueSourceArn");
    assertThat(sent(ReceiveRequest.of(URL, "All"))).containsExactly("All");
  }

  @Test
  void theMessagesThatTheApplicationGetsHaveTheAttributesThatItAskedFor() {
    Map<String, String> all = new HashMap<>(message("r1", 1).attributesAsStrings());
    all.put("SenderId", "me");
    ReceiveResponse whole = ReceiveResponse.of(new Message("id", "r1", all));

    ReceiveResponse some =
        (ReceiveResponse)
            session.receive(
                session.client, ReceiveRequest.of(URL, "SenderId", "SentTimestamp"), args -> whole);
    assertThat(some.messages().get(0).attributesAsStrings())
        .containsOnlyKeys("SenderId", "SentTimestamp");
    assertThat(session.receive(session.client, ReceiveRequest.of(URL, "All"), args -> whole))
        .isSameAs(whole);
  }

  @Test
  void aServerThatRefusesTheNamesIsNotAskedForThemAgain() {
    assertThatThrownBy(
            () ->
                session.receive(
                    session.client,
                    ReceiveRequest.of(URL),
                    args -> {
                      throw new Refusal("InvalidAttributeName");
                    }))
        .isInstanceOf(Refusal.class);

    assertNothingMoreIsAskedFor();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aServerMayRefuseTheNamesInAFuture(Throwable refusal) {
    session.receive(
        session.client, ReceiveRequest.of(URL), args -> CompletableFuture.failedFuture(refusal));

    assertNothingMoreIsAskedFor();
  }

  static Stream<Throwable> refusals() {
    return Stream.of(
        new CompletionException(new Refusal("AWS.SimpleQueueService.InvalidParameterValue")),
        new Refusal("InvalidAttributeName", new IllegalStateException("the cause")));
  }

  private void assertNothingMoreIsAskedFor() {
    assertThat(sent(ReceiveRequest.of(URL))).isEmpty();
    session.receive(new Message("id", "r1", Map.of()));
    assertThat(session.counts()).containsExactly(1L, 0L, 0L, 0L);
  }

  @Test
  void anyOtherErrorDoesNotChangeWhatIsAskedFor() {
    session.receive(
        session.client,
        ReceiveRequest.of(URL),
        args -> CompletableFuture.failedFuture(new Refusal("AWS.SimpleQueueService.NonExistent")));

    assertThat(sent(ReceiveRequest.of(URL))).hasSize(3);
  }

  @Test
  void aFetchedMessageIsReceivedWhenTheApplicationGetsIt() {
    session.fetch(message("r1", 2), message("r2", 1));
    assertThat(session.recorded.mailbox().received()).isZero();

    session.handOver(args -> ReceiveResponse.of(new Message("id", "r1", Map.of())));
    assertThat(session.counts()).containsExactly(1L, 0L, 0L, 0L);
    assertThat(session.recorded.mailbox().retries()).isEqualTo(1);
    session.delete("r1");
    assertThat(session.counts()).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void aFetchedMessageThatGoesBackCountsNothing() {
    session.fetch(message("r1", 1), message("r2", 1));
    session.visibilityBatch(
        BatchResponse.of("0", "1"), new Entry("0", "r1", 0), new Entry("1", "r2", 0));

    assertThat(session.counts()).containsExactly(0L, 0L, 0L, 0L);
  }

  @Test
  void aFetchedMessageThatGoesBackCountsNothingThoughTheClientIsClosedMeanwhile() {
    session.fetch(message("r1", 1));
    session.giveBackFetched("r1", () -> session.close(session.client));

    assertThat(session.counts()).containsExactly(0L, 0L, 0L, 0L);
  }

  @Test
  void aRequestThatTheBatchManagerPassesOnCountsOnce() {
    session.handOver(args -> session.receive(message("r1", 1)));

    assertThat(session.counts()).containsExactly(1L, 0L, 0L, 0L);
  }

  @Test
  void aDeadLetterIsToldForItsQueueOnce() {
    Map<String, String> attributes = new HashMap<>(message("r1", 3).attributesAsStrings());
    attributes.put("DeadLetterQueueSourceArn", "arn:aws:sqs:us-east-1:123456789012:work");
    session.receive(new Message("id", "r1", attributes));
    session.receive(new Message("id", "r2", attributes));

    assertThat(session.mailbox("work").deadLettered()).isEqualTo(1);
    assertThat(session.mailbox("work").received()).isZero();
    assertThat(session.mailbox("orders").received()).isEqualTo(2);
    assertThat(session.mailbox("orders").deadLettered()).isZero();
  }

  @Test
  void theDepthIsWhatTheApplicationAskedFor() {
    session.describe(Map.of("QueueArn", "arn"));
    assertThat(session.recorded.mailboxes()).isEmpty();

    session.describe(Map.of("ApproximateNumberOfMessages", "7"));
    assertThat(session.recorded.mailbox().depth()).isEqualTo(7);
  }

  @Test
  void theOldestMessageIsOneThatIsUnsettled() {
    session.receive(message("r1", 1));
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isBetween(5_000L, 60_000L);

    session.delete("r1");
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNull();
  }

  @Test
  void aRequestMaySayForHowLongItsMessagesAreHidden() {
    receiveHiddenFor(0, "r1");
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNull();

    receiveHiddenFor(60, "r2");
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNotNull();
  }

  private void receiveHiddenFor(int seconds, String receipt) {
    session.receive(
        session.client,
        new ReceiveRequest(URL, List.of(), List.of(), seconds),
        args -> ReceiveResponse.of(message(receipt, 1)));
  }

  @Test
  void aMessageThatAnotherConsumerMayHaveByNowIsNotTheOldest() {
    session.describe(Map.of("VisibilityTimeout", "0"));
    session.receive(message("r1", 1));
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNull();

    session.visibility("r1", 60);
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNotNull();
  }

  @Test
  void aClosedClientHasNoUnsettledMessagesAndGivesNoneBack() {
    session.receive(message("r1", 1));
    session.close(session.client);

    assertThat(session.counts()).containsExactly(1L, 0L, 0L, 0L);
    assertThat(session.recorded.mailbox().oldestAgeMillis()).isNull();
    assertThat(session.tracker.isEmpty()).isTrue();
  }
}
