package io.metricsagent.instrumentations.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptPathsTest {
  /** An answer of one kind. */
  public record Answer(int statusCode) {}

  /** An answer of another kind. */
  public record Pair(Answer right) {}

  private static final class LoggingClient {}

  private static final AttemptPaths PATHS =
      AttemptPaths.statusAt("right().statusCode()", "statusCode()");

  @Test
  void readsTheStatusAtTheFirstPathThatHasOne() {
    assertThat(PATHS.status(new Pair(new Answer(429)))).isEqualTo(429);
    assertThat(PATHS.status(new Answer(200))).isEqualTo(200);
    assertThat(PATHS.status("no answer")).isEqualTo(-1);
  }

  @Test
  void knowsADecoratorByItsName() {
    assertThat(PATHS.isDecorator(new LoggingClient())).isFalse();
    assertThat(PATHS.decorator("LoggingClient").isDecorator(new LoggingClient())).isTrue();
    assertThat(PATHS.decorator("LoggingClient").isDecorator("client")).isFalse();
  }

  @Test
  void leavesTheAnswerAsItIs() {
    Answer answer = new Answer(200);

    assertThat(PATHS.timed(answer, nanos -> {})).isSameAs(answer);
    assertThat(PATHS.provider("request")).isNull();
  }
}
