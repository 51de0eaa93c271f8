package io.metricsagent.instrumentations.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Tools;
import io.metricsagent.instrumentations.testing.Woven;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server that runs tools for clients: what the agent records, and what the server notices of the
 * agent.
 */
class ServedToolsTest {
  /** The object that gets all calls. */
  public interface Dispatcher {
    /** Returns a publisher of the result. */
    Object handle(Object exchange, Object request);

    /** Something else that it does. */
    String describe();
  }

  /** Keeps a name, and says the agent's own fault where it is told to. */
  private static final class Served extends Tools {
    private RuntimeException fault;

    @Override
    public String name(Object executor, Object request) {
      return ((Tool) executor).name();
    }

    @Override
    public String errorCode(Throwable error) {
      if (fault != null) {
        throw fault;
      }
      return super.errorCode(error);
    }
  }

  /** What the server keeps of a tool. */
  private record Tool(String name) {}

  /** A server that does what a test says. */
  private record Server(Supplier<Object> run) implements Dispatcher {
    @Override
    public Object handle(Object exchange, Object request) {
      return run.get();
    }

    @Override
    public String describe() {
      return "a server";
    }
  }

  private final Recorded recorded = new Recorded();
  private final Served decoder = new Served();
  private final ServedTools served = new ServedTools(decoder, recorded.telemetry());
  private final Woven found = Woven.with(served.found());
  private final Woven check = Woven.with(served.check());
  private final Tool search = new Tool("search");

  private Dispatcher dispatcher(Supplier<Object> run) {
    Server server = new Server(run);
    return (Dispatcher)
        Woven.with(served.dispatcher("Dispatcher")).call(args -> server, new Object());
  }

  private Object find(Tool tool) {
    return found.call(args -> tool, tool);
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void countsACallOnceItsPublisherHasTheResult() {
    Object result =
        dispatcher(
                () -> {
                  find(search);
                  return Fluxes.empty();
                })
            .handle(null, null);
    assertThat(recorded.tools()).isEmpty();

    Fluxes.read(result);
    assertThat(recorded.tool().toolName()).isEqualTo("search");
    assertThat(recorded.tool().successCount()).isEqualTo(1);
  }

  @Test
  void countsACallThatThrows() {
    IllegalStateException thrown = new IllegalStateException();
    Dispatcher failing =
        dispatcher(
            () -> {
              find(search);
              throw thrown;
            });

    assertThatThrownBy(() -> failing.handle(null, null)).isSameAs(thrown);
    assertThat(recorded.tool().toolName()).isEqualTo("search");
    assertThat(recorded.tool().errorCodes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  /** A client may ask for any name. */
  @Test
  void callsOfUnknownToolsShareAName() {
    Dispatcher failing =
        dispatcher(
            () -> {
              throw new IllegalArgumentException();
            });

    assertThatThrownBy(() -> failing.handle(null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(recorded.tool().toolName()).isEqualTo(ServedTools.UNKNOWN_TOOL);
  }

  @Test
  void aFaultOfTheAgentAfterACallLeavesItsException() {
    IllegalStateException thrown = new IllegalStateException("the application's");
    decoder.fault = new IllegalArgumentException("the agent's own");
    Dispatcher failing =
        dispatcher(
            () -> {
              throw thrown;
            });

    assertThatThrownBy(() -> failing.handle(null, null)).isSameAs(thrown);
  }

  @Test
  void aFaultOfTheAgentAtTheEndOfACallLeavesItsResult() {
    decoder.fault = new IllegalArgumentException("the agent's own");
    Object result =
        dispatcher(
                () -> {
                  find(search);
                  return Fluxes.failed(new IllegalStateException());
                })
            .handle(null, null);

    Fluxes.read(result);
    assertThat(recorded.tools()).isEmpty();
  }

  @Test
  void refusedArgumentsAreAFailureWithACodeOfTheirOwn() {
    Object result =
        dispatcher(
                () -> {
                  check.call(args -> "a text is missing", new Object(), search);
                  return Fluxes.of("a refusal");
                })
            .handle(null, null);

    Fluxes.read(result);
    assertThat(recorded.tool().errorCodes()).isEqualTo(Map.of("invalid_arguments", 1L));
  }

  @Test
  void acceptedArgumentsAreNoFailure() {
    Object result =
        dispatcher(
                () -> {
                  check.call(args -> null, new Object(), search);
                  return Fluxes.of("found");
                })
            .handle(null, null);

    Fluxes.read(result);
    assertThat(recorded.tool().successCount()).isEqualTo(1);
  }

  @Test
  void isNamedByTheToolThatIsFoundFirst() {
    Object result =
        dispatcher(
                () -> {
                  find(search);
                  find(new Tool("within")); // one that the tool itself looks for
                  return Fluxes.of("found");
                })
            .handle(null, null);

    Fluxes.read(result);
    assertThat(recorded.tool().toolName()).isEqualTo("search");
  }

  @Test
  void aToolThatIsFoundOutsideOfACallIsNotCounted() {
    assertThat(find(search)).isSameAs(search);
    assertThat(recorded.tools()).isEmpty();
  }

  @Test
  void otherMethodsOfTheDispatcherAreNoCalls() {
    assertThat(dispatcher(() -> null).describe()).isEqualTo("a server");
    assertThat(recorded.tools()).isEmpty();
  }

  @Test
  void withoutAPublisherThereIsNoCall() {
    assertThat(dispatcher(() -> null).handle(null, null)).isNull();
    assertThat(recorded.tools()).isEmpty();
  }

  /** A framework's own layer, in the function that the server runs, sees the same call. */
  @Test
  void theFunctionOfAToolIsTheOuterLayerOfCallsInside() {
    Woven inner = Woven.with(new ToolCallHandler(new Tools(), recorded.telemetry()));
    BiFunction<Object, Object, Object> function =
        (exchange, request) -> inner.call(args -> "found", new Object(), "search");

    assertThat(body(function).apply(null, null)).isEqualTo("found");
    assertThat(recorded.tools()).isEmpty();
  }

  @Test
  void exceptionsOfTheFunctionOfAToolAreThrownUnchanged() {
    IllegalStateException thrown = new IllegalStateException();
    BiFunction<Object, Object, Object> function =
        (exchange, request) -> {
          throw thrown;
        };

    assertThatThrownBy(() -> body(function).apply(null, null)).isSameAs(thrown);
  }

  @Test
  void anObjectThatIsNotAFunctionIsNotReplaced() {
    Object other = new Object();

    assertThat(Woven.with(served.body()).call(args -> other, search)).isSameAs(other);
  }

  @Test
  void theThreadKeepsNothingOfACallThatEnded() {
    WeakReference<Throwable> failure = failureOfACall();

    assertThat(Garbage.collectUntil(() -> failure.refersTo(null))).isTrue();
  }

  private WeakReference<Throwable> failureOfACall() {
    Woven inner = Woven.with(new ToolCallHandler(new Tools(), recorded.telemetry()));
    IllegalStateException failure = new IllegalStateException();
    Dispatcher dispatcher =
        dispatcher(
            () -> {
              find(search);
              try {
                return inner.call(
                    args -> {
                      throw failure;
                    },
                    new Object(),
                    "search");
              } catch (IllegalStateException e) {
                return null;
              }
            });
    assertThat(dispatcher.handle(null, null)).isNull();
    return new WeakReference<>(failure);
  }

  @SuppressWarnings("unchecked") // the wrapper around the function
  private BiFunction<Object, Object, Object> body(BiFunction<Object, Object, Object> function) {
    SiteHandler body = served.body();
    Object watched = Woven.with(body).call(args -> function, search);
    assertThat(watched).isNotSameAs(function);
    return (BiFunction<Object, Object, Object>) watched;
  }
}
