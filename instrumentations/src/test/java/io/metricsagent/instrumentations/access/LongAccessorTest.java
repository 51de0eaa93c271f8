package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongAccessorTest {
  /** An object of a library. */
  public record Message(long offset, int partition, String name) {
    /** Throws. */
    public long broken() {
      throw new IllegalStateException();
    }
  }

  private final Message message = new Message(1L << 40, 7, "x");

  @Test
  void readsLongsAndInts() {
    assertThat(LongAccessor.of("offset").read(message)).isEqualTo(1L << 40);
    assertThat(LongAccessor.of("partition").read(message)).isEqualTo(7);
  }

  @Test
  void whatCannotBeReadIsUnknown() {
    assertThat(LongAccessor.of("missing").read(message)).isEqualTo(LongAccessor.UNKNOWN);
    assertThat(LongAccessor.of("name").read(message)).isEqualTo(LongAccessor.UNKNOWN);
    assertThat(LongAccessor.of("broken").read(message)).isEqualTo(LongAccessor.UNKNOWN);
    assertThat(LongAccessor.of("offset").read(null)).isEqualTo(LongAccessor.UNKNOWN);
  }
}
