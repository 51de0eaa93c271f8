package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  @TempDir private Path folder;

  /** The file takes no room on the disk. */
  private Path file(long size) throws IOException {
    Path path = folder.resolve("large.jsonl");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
    }
    return path;
  }

  /** A heap adapts to its contents when all garbage is collected. */
  @Test
  void theHeapIsMadeSmallBeforeALargeFileIsRead() throws IOException {
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    try (InputStream in = Inputs.open(file(Inputs.LARGE))) {
      assertThat(garbage.get()).isNull();
      assertThat(in.readNBytes(4)).isEqualTo(new byte[4]);
    }
  }
}
