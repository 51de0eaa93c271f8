package io.metricsagent.instrumentations.libraries.sqs;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.libraries.sqs.SettleHandler.Change;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/**
 * Amazon SQS's clients in the AWS SDK 2, and the batch manager above the asynchronous one.
 *
 * <p>Only the SDK's own clients are woven, and no interface: what wraps a client calls it in the
 * end, and would be counted twice. Messages that the batch manager deletes pass the client, too.
 */
@AutoService(InstrumentationModule.class)
public final class SqsModule extends RuleTable<SqsTracker> {
  private static final String SQS = "software.amazon.awssdk.services.sqs.";
  private static final String MODEL = SQS + "model.";
  private static final String CLIENT = SQS + "DefaultSqsClient";
  private static final String ASYNC_CLIENT = SQS + "DefaultSqsAsyncClient";
  private static final String BATCHES = SQS + "internal.batchmanager.";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<SqsTracker> {
    RECEIVE(
        call("receiveMessage", "ReceiveMessage").replacingArgument(0),
        asyncCall("receiveMessage", "ReceiveMessage").replacingArgument(0)),
    DELETE(call("deleteMessage", "DeleteMessage"), asyncCall("deleteMessage", "DeleteMessage")),
    DELETE_BATCH(
        call("deleteMessageBatch", "DeleteMessageBatch"),
        asyncCall("deleteMessageBatch", "DeleteMessageBatch")),
    VISIBILITY(
        call("changeMessageVisibility", "ChangeMessageVisibility"),
        asyncCall("changeMessageVisibility", "ChangeMessageVisibility")),
    VISIBILITY_BATCH(
        call("changeMessageVisibilityBatch", "ChangeMessageVisibilityBatch"),
        asyncCall("changeMessageVisibilityBatch", "ChangeMessageVisibilityBatch")),
    DESCRIBE(
        call("getQueueAttributes", "GetQueueAttributes"),
        asyncCall("getQueueAttributes", "GetQueueAttributes")),
    CLOSE(
        forClass(CLIENT, method("close", "void")), forClass(ASYNC_CLIENT, method("close", "void"))),
    FETCH(
        forClass(
            BATCHES + "ReceiveSqsMessageHelper",
            method("asyncReceiveMessage", FUTURE),
            method("clear", "void"))),
    HAND_OVER(
        forClass(
                BATCHES + "DefaultSqsAsyncBatchManager",
                method("receiveMessage", FUTURE, MODEL + "ReceiveMessageRequest"))
            .replacingResult());

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, SqsTracker tracker) {
      return switch (this) {
        case RECEIVE -> new ReceiveHandler(tracker);
        case DELETE -> new SettleHandler(tracker, Change.DELETE, false);
        case DELETE_BATCH -> new SettleHandler(tracker, Change.DELETE, true);
        case VISIBILITY -> new SettleHandler(tracker, Change.VISIBILITY, false);
        case VISIBILITY_BATCH -> new SettleHandler(tracker, Change.VISIBILITY, true);
        case DESCRIBE -> new DescribeHandler(tracker);
        case CLOSE -> new CloseHandler(tracker);
        case FETCH -> new FetchHandler();
        case HAND_OVER -> new HandOverHandler(tracker);
      };
    }
  }

  private static Rule call(String name, String types) {
    return forClass(CLIENT, method(name, MODEL + types + "Response", MODEL + types + "Request"))
        .replacingResult();
  }

  private static Rule asyncCall(String name, String types) {
    return forClass(ASYNC_CLIENT, method(name, FUTURE, MODEL + types + "Request"))
        .replacingResult();
  }

  @Override
  public String name() {
    return "sqs";
  }

  @Override
  public List<? extends Row<SqsTracker>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected SqsTracker shared(Telemetry telemetry) {
    return new SqsTracker(telemetry.registry());
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Amazon SQS (AWS SDK 2)",
            "software.amazon.awssdk:sqs",
            List.of("2.17.0", "2.59.1"),
            "received, acknowledged (deleted), given back (visibility timeout 0); blocking and"
                + " asynchronous, batches, the batch manager; age, delivery count; depth where the"
                + " application asks for `ApproximateNumberOfMessages`; dead-lettered as the"
                + " consumer of the dead letters sees it"));
  }
}
