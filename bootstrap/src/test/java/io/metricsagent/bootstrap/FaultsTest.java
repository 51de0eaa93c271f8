package io.metricsagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** Faults of the agent in calls of the application and in threads of the agent. */
class FaultsTest {
  @Test
  void neverReachTheApplicationEvenWhereTheyCannotBeLogged() {
    RuntimeException unspeakable =
        new RuntimeException() {
          private static final long serialVersionUID = 1;

          @Override
          public String toString() {
            throw new StackOverflowError();
          }
        };

    assertThatCode(() -> Faults.absorbed("a call was not watched", unspeakable))
        .doesNotThrowAnyException();
  }
}
