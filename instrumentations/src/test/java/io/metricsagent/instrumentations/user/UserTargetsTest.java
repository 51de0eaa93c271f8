package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.testing.WovenApplication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Classes that the settings name are measured; the real weaver weaves them. */
class UserTargetsTest {
  private static final String HERE = UserTargetsTest.class.getName();

  /** The user's interface, which the test shares; only its implementations are woven here. */
  public interface LlmApi {
    /** Answers. */
    String apply(String prompt);
  }

  /** Shared with the test. */
  public interface LaterApi {
    /** Answers later. */
    CompletableFuture<String> get();
  }

  /** Shared with the test. */
  public interface ToolsApi {
    /** Computes. */
    int apply(int n);
  }

  /** Shared with the test; a word is a command. */
  public interface InboxApi {
    /** Runs a command. */
    Object apply(String command);
  }

  /** An implementation. */
  public static final class PlainLlm implements LlmApi {
    @Override
    public String apply(String prompt) {
      if (prompt.isEmpty()) {
        throw new IllegalArgumentException("empty");
      }
      return complete(prompt);
    }

    String complete(String prompt) {
      return prompt + "!";
    }
  }

  /** A subclass of an implementation, two steps below the interface. */
  public static class BaseLlm implements LlmApi {
    @Override
    public String apply(String prompt) {
      return prompt;
    }
  }

  /** See {@link BaseLlm}. */
  public static final class DerivedLlm extends BaseLlm {
    @Override
    public String apply(String prompt) {
      return super.apply(prompt) + "?";
    }
  }

  /** An adapter whose answer comes later. */
  public static final class LaterLlm implements LaterApi {
    @Override
    public CompletableFuture<String> get() {
      return new CompletableFuture<>();
    }
  }

  /** A tool that uses another tool. */
  public static final class Tools implements ToolsApi {
    @Override
    public int apply(int n) {
      return add(n, multiply(n, 2));
    }

    int add(int a, int b) {
      if (a < 0) {
        throw new ArithmeticException("negative");
      }
      return a + b;
    }

    int multiply(int a, int b) {
      return a * b;
    }
  }

  /** A queue whose receiving methods have arguments; a word is a command. */
  public static final class Counter implements InboxApi {
    @Override
    public Object apply(String command) {
      return switch (command) {
        case "poll" -> poll("orders");
        case "pollTwo" -> poll("orders", "invoices");
        case "pollLater" -> poll(Duration.ofMillis(1));
        case "handle" -> {
          handle("message");
          yield null;
        }
        case "handleAll" -> {
          handle(List.of("a", "b"));
          yield null;
        }
        default -> throw new IllegalArgumentException(command);
      };
    }

    Object poll(String queue) {
      return null;
    }

    Object poll(String one, String other) {
      return one;
    }

    Object poll(Duration timeout) {
      return null;
    }

    void handle(String message) {}

    boolean handle(List<String> messages) {
      messages.forEach(this::handle);
      return true;
    }
  }

  /** A queue. */
  public static final class Inbox implements InboxApi {
    private final Deque<Object> messages = new ArrayDeque<>();

    @Override
    public Object apply(String command) {
      return switch (command) {
        case "offer" -> offer(new StringBuilder("message"));
        case "poll" -> poll();
        case "pollMany" -> pollMany();
        case "ack" -> {
          ack(List.of("a", "b"));
          yield null;
        }
        case "nack" -> nack("a");
        case "size" -> size();
        case "moveToDeadLetter" -> moveToDeadLetter("a");
        default -> throw new IllegalArgumentException(command);
      };
    }

    boolean offer(Object message) {
      return messages.offer(message);
    }

    Object poll() {
      return poll(0);
    }

    private Object poll(long timeout) {
      return messages.poll();
    }

    List<Object> pollMany() {
      List<Object> all = List.copyOf(messages);
      messages.clear();
      return all;
    }

    void ack(List<String> ids) {}

    boolean nack(String id) {
      return true;
    }

    int size() {
      return messages.size();
    }

    boolean moveToDeadLetter(String id) {
      return true;
    }
  }

  @Test
  void adaptersAreNamedByTheirClassAndSubtypesAreMeasuredToo() throws Exception {
    WovenApplication app = application(TargetKind.ADAPTER, "LlmApi[apply]");

    app.create(PlainLlm.class, LlmApi.class).apply("hello");
    app.create(DerivedLlm.class, LlmApi.class).apply("hello");
    LlmApi failing = app.create(PlainLlm.class, LlmApi.class);
    assertThatThrownBy(() -> failing.apply(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("empty");

    MetricsSnapshot snapshot = app.snapshot();
    assertThat(snapshot.adapters())
        .extracting(AdapterSnapshot::adapter)
        .containsExactly("DerivedLlm", "PlainLlm");
    assertThat(snapshot.adapters()).extracting(AdapterSnapshot::operation).containsOnly("apply");
    assertThat(snapshot.adapters())
        .extracting(AdapterSnapshot::requestCount)
        .containsExactly(1L, 2L);
    assertThat(snapshot.adapters().get(1).errorTypes())
        .containsExactly(entry("java.lang.IllegalArgumentException", 1L));
    assertThat(app.woven()).containsExactly("BaseLlm", "DerivedLlm", "PlainLlm");
  }

  @Test
  void anAnswerThatComesLaterEndsTheRequestWhenItComes() throws Exception {
    WovenApplication app = application(TargetKind.ADAPTER, "LaterLlm[get]");

    LaterApi llm = app.create(LaterLlm.class, LaterApi.class);
    CompletableFuture<String> answer = llm.get();
    CompletableFuture<String> failure = llm.get();
    assertThat(app.snapshot().adapters()).isEmpty();
    answer.complete("done");
    failure.completeExceptionally(new IllegalStateException("broken"));

    AdapterSnapshot adapter = app.snapshot().adapters().get(0);
    assertThat(adapter.requestCount()).isEqualTo(2);
    assertThat(adapter.errorTypes()).containsOnlyKeys("java.lang.IllegalStateException");
  }

  @Test
  void aToolWithinAToolIsACallOfItsOwnAndFailsByItself() throws Exception {
    WovenApplication app = application(TargetKind.TOOL, "Tools[apply,add,multiply]");

    ToolsApi tools = app.create(Tools.class, ToolsApi.class);
    assertThat(tools.apply(3)).isEqualTo(9);
    assertThatThrownBy(() -> tools.apply(-1)).isInstanceOf(ArithmeticException.class);

    assertThat(app.snapshot().tools())
        .extracting(ToolSnapshot::toolName, ToolSnapshot::callCount, ToolSnapshot::failureCount)
        .containsExactly(
            tuple("Tools.add", 2L, 1L),
            tuple("Tools.apply", 2L, 1L),
            tuple("Tools.multiply", 2L, 0L));
  }

  @Test
  void mailboxMethodsMeanWhatTheirNamesSayAndAgeIsKnownFromSending() throws Exception {
    WovenApplication app =
        application(
            TargetKind.MAILBOX, "Inbox[offer,poll,pollMany,ack,nack,size,moveToDeadLetter]");

    InboxApi inbox = app.create(Inbox.class, InboxApi.class);
    for (String command :
        List.of(
            "offer",
            "offer",
            "offer",
            "size",
            "poll",
            "pollMany",
            "poll",
            "pollMany",
            "ack",
            "nack",
            "moveToDeadLetter")) {
      inbox.apply(command);
    }

    MailboxSnapshot mailbox = app.snapshot().mailboxes().get(0);
    assertThat(mailbox.queueName()).isEqualTo("Inbox");
    assertThat(mailbox.received()).isEqualTo(3);
    assertThat(mailbox.queueLag().count()).isEqualTo(3);
    assertThat(mailbox.acked()).isEqualTo(2);
    assertThat(mailbox.nacked()).isEqualTo(1);
    assertThat(mailbox.deadLettered()).isEqualTo(1);
    assertThat(mailbox.depth()).isEqualTo(3);
    assertThat(mailbox.deliveryCounts()).containsOnly(0L);
  }

  @Test
  void anArgumentIsAMessageOnlyWhereTheMethodIsVoid() throws Exception {
    WovenApplication app = application(TargetKind.MAILBOX, "Counter[poll,handle]");
    InboxApi inbox = app.create(Counter.class, InboxApi.class);

    inbox.apply("poll");
    inbox.apply("pollLater");
    assertThat(app.snapshot().mailboxes()).allMatch(mailbox -> mailbox.received() == 0);
    inbox.apply("pollTwo");
    assertThat(app.snapshot().mailboxes().get(0).received()).isEqualTo(1);
    inbox.apply("handle");
    assertThat(app.snapshot().mailboxes().get(0).received()).isEqualTo(2);
    inbox.apply("handleAll"); // the inner calls belong to the outer one, which returns true
    assertThat(app.snapshot().mailboxes().get(0).received()).isEqualTo(3);
    assertThat(app.snapshot().agent().instrumentations().get(0).skipped()).isZero();
  }

  @Test
  void aReceivingMethodThatIsMissingIsReportedOnce() throws Exception {
    WovenApplication app = application(TargetKind.MAILBOX, "Counter[poll,receiveAbsent]");

    app.create(Counter.class, InboxApi.class).apply("poll");

    assertThat(app.snapshot().agent().instrumentations().get(0).skipped()).isEqualTo(1);
  }

  @Test
  void aClassThatIsNotNamedIsLeftAsItIs() throws Exception {
    WovenApplication app = application(TargetKind.ADAPTER, "PlainLlm[complete]");

    app.create(DerivedLlm.class, LlmApi.class).apply("hello");

    assertThat(app.woven()).isEmpty();
    assertThat(app.snapshot().adapters()).isEmpty();
  }

  @Test
  void aMethodThatIsMissingSwitchesOneRuleOff() throws Exception {
    WovenApplication app = application(TargetKind.ADAPTER, "PlainLlm[apply,absent]");

    app.create(PlainLlm.class, LlmApi.class).apply("hello");

    assertThat(app.snapshot().adapters()).hasSize(1);
    assertThat(app.snapshot().agent().instrumentations().get(0).skipped()).isEqualTo(1);
    assertThat(app.snapshot().agent().instrumentations().get(0).wovenMethods()).isEqualTo(1);
  }

  @Test
  void nestedCallsOnTwoThreadsCountOnceOnEachThread() throws Exception {
    WovenApplication app = application(TargetKind.ADAPTER, "PlainLlm[apply,complete]");
    LlmApi llm = app.create(PlainLlm.class, LlmApi.class);
    Executor newThread = task -> new Thread(task).start();

    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> llm.apply("a"), newThread),
            CompletableFuture.runAsync(() -> llm.apply("b"), newThread))
        .join();

    assertThat(app.snapshot().adapters())
        .singleElement()
        .extracting(AdapterSnapshot::requestCount)
        .isEqualTo(2L);
  }

  private static WovenApplication application(TargetKind kind, String nested) {
    UserModule.Builder builder = new UserModule.Builder();
    assertThat(builder.include(kind, HERE + "$" + nested)).isEmpty();
    return WovenApplication.with(HERE + "$", builder.build());
  }
}
