package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.access.Errors;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How libraries report a rate limit that a stream has reported. */
class StreamLimitsTest {
  /** As OpenAI's client throws it: with the status of the stream. */
  public static final class CodedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    CodedException(int status, String code) {
      this.status = status;
      this.code = code;
    }

    /** Returns the status. */
    public int statusCode() {
      return status;
    }

    /** Returns the code in the event. */
    public Optional<String> code() {
      return Optional.ofNullable(code);
    }
  }

  /** As LangChain4j's client of Anthropic throws it from 1.17 on. */
  public static final class TypedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Returns the type in the event. */
    public String type() {
      return "overloaded_error";
    }
  }

  /** As the first clients of Anthropic throw it. */
  public static final class BodyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Returns the event. */
    public Json body() {
      return new Json(Map.of("error", new Json(Map.of("type", new Json("rate_limit_error")))));
    }
  }

  /** As the client's value of JSON. */
  public record Json(Object value) {
    /** Returns the fields of an object. */
    public Optional<Object> asObject() {
      return Optional.of(value);
    }

    /** Returns a text. */
    public Optional<Object> asString() {
      return Optional.of(value);
    }
  }

  @Test
  void findsTheCodeWhereverTheLibraryStoresIt() {
    assertThat(StreamLimits.tells(new CodedException(200, "rate_limit_exceeded"))).isTrue();
    assertThat(StreamLimits.tells(new TypedException())).isTrue();
    assertThat(StreamLimits.tells(new BodyException())).isTrue();
    assertThat(StreamLimits.tells(Errors.ofType("rate_limit_exceeded"))).isTrue();
    assertThat(StreamLimits.tells(new CompletionException(new TypedException()))).isTrue();
  }

  @Test
  void ignoresOtherErrors() {
    assertThat(StreamLimits.tells(new CodedException(200, "server_error"))).isFalse();
    assertThat(StreamLimits.tells(new CodedException(200, null))).isFalse();
    assertThat(StreamLimits.tells(new IllegalStateException("rate_limit_exceeded"))).isFalse();
    assertThat(StreamLimits.tells(Errors.ofType("response.failed"))).isFalse();
  }

  /** The attempt with that status was counted when it ended. */
  @Test
  void ignoresErrorsWithAStatusWhichAttemptsCount() {
    assertThat(StreamLimits.tells(new CodedException(429, "rate_limit_exceeded"))).isFalse();
    assertThat(Errors.isThrottle(new CodedException(429, "rate_limit_exceeded"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}",
        "{\"type\":\"error\",\"error\":{\"details\":null,\"type\":\"overloaded_error\"}}"
      })
  void findsTheTypeInAnUnchangedEvent(String event) {
    assertThat(StreamLimits.tells(new RuntimeException(event))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"error\",\"error\":{\"type\":\"api_error\","
            + "\"message\":\"of \\\"type\\\":\\\"rate_limit_error\\\"\"}}",
        "my \"type\":\"rate_limit_error\""
      })
  void doesNotTakeATextForOne(String event) {
    assertThat(StreamLimits.tells(new RuntimeException(event))).isFalse();
  }
}
