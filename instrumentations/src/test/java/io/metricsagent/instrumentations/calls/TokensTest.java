package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How tokens add up and replace each other when counts are unknown. */
class TokensTest {
  private final Tokens tokens = new Tokens();

  private void assertTokens(long input, long output, long cached) {
    assertThat(tokens.input()).isEqualTo(input);
    assertThat(tokens.output()).isEqualTo(output);
    assertThat(tokens.cached()).isEqualTo(cached);
  }

  @Test
  void areUnknownAtFirst() {
    assertTokens(-1, -1, -1);
    assertThat(tokens.areKnown()).isFalse();
    tokens.add(-1, -1, 5);
    assertThat(tokens.areKnown()).as("cached ones alone").isFalse();
    tokens.add(0, -1, -1);
    assertThat(tokens.areKnown()).isTrue();
  }

  @Test
  void addUpAndAnUnknownNumberChangesNothing() {
    tokens.add(10, -1, 2);
    tokens.add(5, 7, -1);

    assertTokens(15, 7, 2);
  }

  @Test
  void areReplacedByKnownCountsOnly() {
    tokens.add(10, 20, 2);
    tokens.replace(11, -1, 0);

    assertTokens(11, 20, 0);
  }

  @Test
  void moveFromOneObjectToAnother() {
    Tokens other = new Tokens();
    other.add(1, 2, 3);
    tokens.takeFrom(other);

    assertTokens(1, 2, 3);
    assertThat(other.areKnown()).isFalse();
    assertThat(other.cached()).isEqualTo(-1);
  }
}
