package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A body is unchanged, even if the agent fails at its time. */
class TimedInputStreamTest {
  private final List<Long> reads = new ArrayList<>();

  private static InputStream body() {
    return new ByteArrayInputStream(new byte[] {1, 2, 3});
  }

  @Test
  void reportsEachRead() throws IOException {
    InputStream timed = new TimedInputStream(body(), reads::add);

    assertThat(timed.read()).isEqualTo(1);
    assertThat(timed.read(new byte[8], 0, 8)).isEqualTo(2);
    assertThat(timed.read()).isEqualTo(-1);
    assertThat(reads).hasSize(3).allMatch(nanos -> nanos >= 0);
  }

  @Test
  void reportsAReadThatFailsAndThrowsItsException() {
    IOException thrown = new IOException();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw thrown;
          }
        };

    assertThatThrownBy(new TimedInputStream(broken, reads::add)::read).isSameAs(thrown);
    assertThat(reads).hasSize(1);
  }

  @Test
  void aFaultOfTheAgentChangesNoRead() throws IOException {
    InputStream timed =
        new TimedInputStream(
            body(),
            nanos -> {
              throw new NoClassDefFoundError();
            });

    assertThat(timed.read()).isEqualTo(1);
    assertThat(timed.read(new byte[8])).isEqualTo(2);
  }
}
