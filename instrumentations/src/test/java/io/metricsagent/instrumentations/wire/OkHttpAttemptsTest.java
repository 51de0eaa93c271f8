package io.metricsagent.instrumentations.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A library that retries in an interceptor of OkHttp, on OkHttp's threads. */
class OkHttpAttemptsTest {
  private static final long BODY_NANOS = 2_000_000;

  /** As {@code Interceptor.Chain}. */
  public interface Chain {
    /** Returns the request. */
    Object request();

    /** Makes an attempt. */
    Object proceed(Object request);
  }

  /** As {@code Response}. */
  public record Response(int code, Object body) {}

  /** Answers each attempt with its next response; none is a broken connection. */
  private record Server(Object request, Deque<Response> responses) implements Chain {
    @Override
    public Object proceed(Object request) {
      if (responses.isEmpty()) {
        throw new IllegalStateException("connection reset");
      }
      return responses.pop();
    }
  }

  private final Recorded recorded = new Recorded();
  private final OkHttpAttempts attempts = new OkHttpAttempts();
  private final Chats chats = new Chats("openai", "gpt");
  private final Woven chat =
      Woven.with(LlmCallHandler.replacingFutures(chats, recorded.telemetry()));
  private final Woven built = Woven.with(attempts.built(new Chats("groq", "gpt")));
  private final Woven interceptor = Woven.replacing(0, attempts.interceptor());
  private final Woven body = Woven.with(attempts.body());
  private final Object request = new Object();
  private final CompletableFuture<Object> answer = new CompletableFuture<>();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  private void start() {
    chat.call(
        args -> {
          assertThat(built.call(none -> request, "client")).isSameAs(request);
          return answer;
        },
        "client",
        "request");
  }

  /** Proceeds once for each response, on another thread. */
  private Object intercept(Response... responses) {
    Server server = new Server(request, new ArrayDeque<>(List.of(responses)));
    return CompletableFuture.supplyAsync(
            () ->
                interceptor.call(
                    args -> {
                      Object last = null;
                      for (int i = 0; i < responses.length; i++) {
                        last = ((Chain) args[0]).proceed(request);
                      }
                      return last;
                    },
                    "interceptor",
                    server))
        .join();
  }

  private AdapterSnapshot ended() {
    answer.complete("yes");
    return recorded.adapters().stream()
        .filter(series -> series.requestCount() > 0)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void belongToTheRequestThatBuiltTheirRequest() {
    start();
    Response last = new Response(200, "body");
    assertThat(intercept(new Response(429, null), last)).isSameAs(last);

    AdapterSnapshot groq = ended();
    assertThat(groq.adapter()).isEqualTo("groq");
    assertThat(groq.throttleCount()).isEqualTo(1);
    assertThat(groq.renderLatency().count()).isEqualTo(1);
  }

  @Test
  void thatBreakAreAttempts() {
    start();
    Server broken = new Server(request, new ArrayDeque<>());
    assertThatThrownBy(
            () ->
                interceptor.call(args -> ((Chain) args[0]).proceed(request), "interceptor", broken))
        .hasMessage("connection reset");

    assertThat(ended().renderLatency().count()).isEqualTo(1);
  }

  @Test
  void areNoneWhereTheLibraryOnlyAsksForTheRequest() {
    start();
    Server server = new Server(request, new ArrayDeque<>());
    assertThat(interceptor.call(args -> ((Chain) args[0]).request(), "interceptor", server))
        .isSameAs(request);

    assertThat(ended().renderLatency().count()).isZero();
  }

  @Test
  void ofARequestThatHasEndedAreNone() {
    start();
    AdapterSnapshot before = ended();
    Server server = new Server(request, new ArrayDeque<>());
    Object chain = interceptor.call(args -> args[0], "interceptor", server);

    assertThat(chain).isSameAs(server);
    assertThat(recorded.adapters()).contains(before);
  }

  @Test
  void lastUntilTheirBodyIsRead() {
    Object content = new Object();
    start();
    intercept(new Response(200, content));
    body.call(
        args -> {
          long start = System.nanoTime();
          while (System.nanoTime() - start < BODY_NANOS) {
            Thread.onSpinWait();
          }
          return "text";
        },
        content);

    assertThat(ended().callLatency().sumNanos()).isGreaterThanOrEqualTo(BODY_NANOS);
  }

  @Test
  void aBodyOfNoAttemptIsLeftAlone() {
    assertThat(attempts.body().enter("another body", null, null, null)).isNull();
    start();
    intercept(new Response(200, "body"));

    assertThat(attempts.body().enter("another body", null, null, null)).isNull();
  }
}
