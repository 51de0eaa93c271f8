package io.metricsagent.instrumentations.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attempts on the wire within a request. */
class AttemptHandlerTest {
  /** Longer than any request takes: nothing of the request is left for its parse phase. */
  private static final long READ_NANOS = 1_000_000_000_000L;

  /** As clients throw it. */
  public static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Returns the status. */
    public int statusCode() {
      return 429;
    }
  }

  /** Answers are their status; a client that is called a decorator is one. */
  private static final class Http implements AttemptDecoder {
    private LongConsumer reads;

    @Override
    public boolean isDecorator(Object client) {
      return client.equals("decorator");
    }

    @Override
    public String provider(Object request) {
      return "groq";
    }

    @Override
    public long status(Object answer) {
      return (Integer) answer;
    }

    @Override
    public Object timed(Object answer, LongConsumer newReads) {
      reads = newReads;
      return answer;
    }
  }

  private final Recorded recorded = new Recorded();
  private final Http decoder = new Http();
  private final RequestsUnderway underway = new RequestsUnderway();
  private final Woven chat =
      Woven.with(LlmCallHandler.replacingFutures(new Chats("openai", "gpt"), recorded.telemetry()));
  private final Woven throwing = Woven.with(new AttemptHandler());
  private final Woven http = Woven.with(new AttemptHandler(decoder, underway));
  private final Woven options = Woven.with(new OptionsHandler(underway));

  private AdapterSnapshot chat(Woven.Body body) {
    chat.call(body, "client", "request");
    return recorded.adapter();
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void tellsThePhasesOfItsRequest() {
    AdapterSnapshot chats = chat(args -> throwing.call(none -> "sent", "http"));

    assertThat(chats.renderLatency().count()).isEqualTo(1);
    assertThat(chats.parseLatency().count()).isEqualTo(1);
  }

  @Test
  void isNoneOutsideOfARequest() {
    assertThat(throwing.call(none -> "sent", "http")).isEqualTo("sent");
    assertThat(recorded.adapters()).isEmpty();
  }

  @Test
  void countsTheAttemptsThatWereRefused() {
    AdapterSnapshot chats =
        chat(
            args -> {
              assertThatThrownBy(
                      () ->
                          throwing.call(
                              none -> {
                                throw new RefusedException();
                              },
                              "http"))
                  .isInstanceOf(RefusedException.class);
              return throwing.call(none -> "sent", "http");
            });

    assertThat(chats.throttleCount()).isEqualTo(1);
    assertThat(chats.errorCount()).isZero();
  }

  @Test
  void isOneWhereClientsWrapEachOther() {
    AdapterSnapshot chats =
        chat(
            args ->
                http.call(
                    outer -> http.call(inner -> 429, "transport", "request"),
                    "decorator",
                    "request"));

    assertThat(chats.throttleCount()).isEqualTo(1);
    assertThat(chats.adapter()).isEqualTo("groq");
  }

  @Test
  void oneWithinAnotherIsTheSame() {
    AdapterSnapshot chats =
        chat(
            args ->
                http.call(
                    outer -> http.call(inner -> 429, "transport", "request"), "pool", "request"));

    assertThat(chats.throttleCount()).isEqualTo(1);
  }

  /** Which request an attempt belongs to, its options tell. */
  @Test
  void findsItsRequestOnAnotherThread() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    Object own = new Object();
    chat.call(
        args -> {
          options.call(none -> own, "builder");
          return answer;
        },
        "client",
        "request");
    CompletableFuture.runAsync(() -> http.call(none -> 529, "transport", "request", own)).join();
    CompletableFuture.runAsync(() -> http.call(none -> 200, "transport", "request", own)).join();
    assertThat(underway.find(own)).isNull();
    answer.complete("yes");

    assertThat(recorded.adapters())
        .anyMatch(each -> each.adapter().equals("groq") && each.throttleCount() == 1);
  }

  @Test
  void endsWithItsFuture() {
    CompletableFuture<Object> sent = new CompletableFuture<>();
    AdapterSnapshot chats =
        chat(
            args -> {
              Object got = http.call(none -> sent, "transport", "request");
              assertThat(got).isNotSameAs(sent);
              sent.complete(429);
              return "answer";
            });

    assertThat(chats.throttleCount()).isEqualTo(1);
    assertThat(chats.renderLatency().count()).isEqualTo(1);
  }

  @Test
  void aBodyThatIsReadAfterTheRequestChangesNothing() {
    chat(args -> http.call(none -> 200, "transport", "request"));
    AdapterSnapshot before = recorded.adapter();
    decoder.reads.accept(1_000_000_000L);

    assertThat(recorded.adapter()).isEqualTo(before);
  }

  @Test
  void anAnswerAfterTheEndOfItsRequestIsNone() {
    CompletableFuture<Object> sent = new CompletableFuture<>();
    chat(
        args -> {
          http.call(none -> sent, "transport", "request");
          return "answer";
        });
    sent.complete(429);

    assertThat(recorded.adapter().throttleCount()).isZero();
  }

  /** A client that tries again inside is several attempts, and what it returns is none. */
  @Test
  void areThoseThatADecoratorMakes() {
    AdapterSnapshot chats =
        chat(
            args ->
                http.call(
                    outer -> {
                      http.call(first -> 429, "transport", "request");
                      return http.call(second -> 200, "transport", "request");
                    },
                    "decorator",
                    "request"));

    assertThat(chats.throttleCount()).isEqualTo(1);
    assertThat(chats.renderLatency().count()).isEqualTo(1);
  }

  /** The thread uses the frame again for its next request. */
  @Test
  void anAnswerAfterTheEndOfItsRequestIsNoneOfTheNext() {
    CompletableFuture<Object> sent = new CompletableFuture<>();
    chat(
        args -> {
          http.call(none -> sent, "transport", "request");
          return "answer";
        });
    chat.call(args -> sent.complete(429), "client", "request");

    assertThat(recorded.adapters()).hasSize(2).allMatch(each -> each.throttleCount() == 0);
  }

  @Test
  void aBodyThatIsReadAfterTheEndOfItsRequestIsNoneOfTheNext() {
    chat(args -> http.call(none -> 200, "transport", "request"));
    LongConsumer reads = decoder.reads;
    chat(
        args -> {
          Object answer = http.call(none -> 200, "transport", "request");
          reads.accept(READ_NANOS);
          return answer;
        });
    assertThat(recorded.adapter().parseLatency().minNanos()).isPositive();

    chat(
        args -> {
          Object answer = http.call(none -> 200, "transport", "request");
          decoder.reads.accept(READ_NANOS);
          return answer;
        });
    assertThat(recorded.adapter().parseLatency().minNanos()).isZero();
  }
}
