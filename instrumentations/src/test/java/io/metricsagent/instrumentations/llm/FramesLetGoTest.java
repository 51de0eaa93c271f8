package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.protocol.ExchangeFutureHandler;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolDecoder;
import io.metricsagent.instrumentations.tools.ToolPublisherHandler;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The receiver and the arguments of a call after its end: the thread lives on, as the thread of a
 * pool does, and must not keep them alive.
 */
class FramesLetGoTest {
  /** A model, in a class loader of its own where a test says so. */
  public static final class Model {}

  /** A callback of a streamed answer. */
  private record Callback(Object original) {}

  /** What an application does with a model and a request. */
  private interface Use {
    void of(Object model, Object request);
  }

  private static final Registry REGISTRY = Chats.registry();
  private static final Telemetry RECORDING = new Telemetry(REGISTRY);
  private static final Chats CHATS = new Chats("openai", "gpt");
  private static final StreamCallback CALLBACK = (callback, stream) -> new Callback(callback);

  private static final ToolDecoder TOOLS =
      new ToolDecoder() {
        @Override
        public String name(Object executor, Object request) {
          return "search";
        }

        @Override
        public boolean isFailure(Object result, Throwable innerFailure) {
          return false;
        }

        @Override
        public String errorCode(Throwable error) {
          return null;
        }
      };

  private static void call(SiteHandler handler, Object model, Object request, Runnable within) {
    call(handler, model, request, null, within);
  }

  private static Object call(
      SiteHandler handler, Object model, Object request, Object result, Runnable within) {
    Object token = handler.enter(model, request, null, null);
    assertThat(token).isNotNull();
    within.run();
    return handler.exit(token, result, null);
  }

  private static void stream(
      SiteHandler handler, Object model, Object request, boolean fails, Runnable within) {
    Object token = handler.enter(model, request, null, null);
    handler.replaceArgument(token, new Object());
    within.run();
    handler.exit(token, null, fails ? new IllegalStateException() : null);
  }

  private static void nothing() {}

  static Stream<String> uses() {
    return allUses().keySet().stream();
  }

  private static Map<String, Use> allUses() {
    Map<String, Use> uses = new LinkedHashMap<>();
    LlmCallHandler calls = new LlmCallHandler(CHATS, RECORDING);
    LlmCallHandler futures = LlmCallHandler.replacingFutures(CHATS, RECORDING);
    uses.put(
        "a call in two layers",
        (model, request) ->
            call(
                calls,
                model,
                request,
                () -> call(calls, model, request, FramesLetGoTest::nothing)));
    uses.put(
        "a future that nobody completes",
        (model, request) ->
            call(futures, model, request, new CompletableFuture<>(), FramesLetGoTest::nothing));
    uses.put(
        "a call whose end the handler never hears of",
        (model, request) ->
            call(calls, new Object(), null, () -> calls.enter(model, request, null, null)));

    LlmStreamHandler streams = new LlmStreamHandler(CHATS, CALLBACK, RECORDING);
    uses.put(
        "a stream in two layers",
        (model, request) ->
            stream(
                streams,
                new Object(),
                null,
                false,
                () -> stream(streams, model, request, false, FramesLetGoTest::nothing)));
    uses.put(
        "a stream that does not start in its inner layer",
        (model, request) ->
            stream(
                streams,
                new Object(),
                null,
                false,
                () -> stream(streams, model, request, true, FramesLetGoTest::nothing)));
    uses.put(
        "a stream within a call",
        (model, request) ->
            call(
                calls,
                model,
                request,
                () -> stream(streams, model, request, false, FramesLetGoTest::nothing)));
    uses.put(
        "a stream that nobody ends",
        (model, request) -> stream(streams, model, request, false, FramesLetGoTest::nothing));

    LlmResultHandler results =
        new LlmResultHandler(CHATS, (result, stream) -> new Callback(stream), true, RECORDING);
    uses.put(
        "an answer in two layers",
        (model, request) ->
            call(
                results,
                new Object(),
                null,
                new Object(),
                () -> call(results, model, request, new Object(), FramesLetGoTest::nothing)));

    LlmLayerHandler layers = new LlmLayerHandler(CHATS, (piece, stream) -> {}, RECORDING);
    LlmFutureHandler futuresAbove = new LlmFutureHandler();
    uses.put(
        "an answer that is dropped below a layer",
        (model, request) ->
            call(
                layers,
                model,
                request,
                new Object(),
                () -> call(results, model, request, new Object(), FramesLetGoTest::nothing)));
    uses.put(
        "a future above an answer that is dropped",
        (model, request) ->
            call(
                futuresAbove,
                model,
                request,
                new CompletableFuture<>(),
                () -> call(results, model, request, new Object(), FramesLetGoTest::nothing)));

    LlmFluxHandler fluxes = new LlmFluxHandler(CHATS, (piece, stream) -> {}, RECORDING);
    uses.put(
        "a publisher in two layers",
        (model, request) -> {
          Object inner =
              call(
                  fluxes,
                  model,
                  request,
                  Fluxes.silent(FramesLetGoTest::nothing),
                  FramesLetGoTest::nothing);
          Object outer =
              call(
                  fluxes,
                  new Object(),
                  null,
                  Fluxes.silent(() -> Fluxes.read(inner)),
                  FramesLetGoTest::nothing);
          Fluxes.read(outer);
        });
    uses.put(
        "a publisher of a layer",
        (model, request) ->
            Fluxes.read(
                call(
                    layers,
                    model,
                    request,
                    Fluxes.silent(
                        () ->
                            call(results, model, request, new Object(), FramesLetGoTest::nothing)),
                    FramesLetGoTest::nothing)));

    ToolCallHandler tools = new ToolCallHandler(TOOLS, RECORDING);
    uses.put(
        "a tool in two layers",
        (model, request) ->
            call(
                tools,
                model,
                request,
                () -> call(tools, model, request, FramesLetGoTest::nothing)));
    uses.put(
        "a tool that publishes",
        (model, request) ->
            call(
                new ToolPublisherHandler(TOOLS, RECORDING),
                model,
                request,
                FramesLetGoTest::nothing));
    uses.put(
        "an attempt",
        (model, request) ->
            call(
                calls,
                model,
                request,
                () -> call(new AttemptHandler(), model, request, FramesLetGoTest::nothing)));
    uses.put(
        "an exchange",
        (model, request) ->
            call(
                new ExchangeFutureHandler(
                    (first, second) ->
                        (tool, trace, nanos, answer, error) -> assertThat(first).isSameAs(request),
                    RECORDING),
                request,
                request,
                FramesLetGoTest::nothing));
    uses.put(
        "a call of a mailbox",
        (model, request) -> Nesting.exit(Nesting.enter(calls, model, request)));
    return uses;
  }

  /** What encloses a use below, so that frames of several depths are in play. */
  private static WeakReference<Object> afterwards(Use use, boolean model) {
    Object receiver = new Model();
    Object request = new Object();
    use.of(receiver, request);
    return new WeakReference<>(model ? receiver : request);
  }

  /** Ends the answers that were dropped, as each snapshot does. */
  private static boolean isCollected(WeakReference<?> object) {
    return Garbage.collectUntil(
        () -> {
          AbandonedRequests.endDropped();
          return object.refersTo(null);
        });
  }

  @ParameterizedTest
  @MethodSource("uses")
  void theThreadKeepsNoModel(String use) {
    assertThat(isCollected(afterwards(allUses().get(use), true))).isTrue();
    assertThat(FrameStack.current().top()).isNull();
  }

  @ParameterizedTest
  @MethodSource("uses")
  void theThreadKeepsNoRequest(String use) {
    assertThat(isCollected(afterwards(allUses().get(use), false))).isTrue();
  }

  /** A decorator of a streaming model in an application that a container undeploys. */
  @Test
  void aPoolsThreadKeepsNoUndeployedApplication() throws Exception {
    assertThat(isCollected(deployAndUndeploy())).isTrue();
  }

  private static WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
    URL classes = FramesLetGoTest.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader application = new URLClassLoader(new URL[] {classes}, null)) {
      Object model =
          application.loadClass(Model.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(model.getClass()).isNotSameAs(Model.class);
      for (Use use : allUses().values()) {
        use.of(model, model);
      }
      return new WeakReference<>(application);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
