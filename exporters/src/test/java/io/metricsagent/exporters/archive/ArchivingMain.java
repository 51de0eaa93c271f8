package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * Writes snapshots of 200 tools as fast as it can until it is killed; run by {@link KilledTest} in
 * a JVM of its own. Arguments: the directory, how many to write, and how many whole ones to write
 * before one stays half written ({@code -1} for none).
 */
final class ArchivingMain {
  private ArchivingMain() {}

  public static void main(String[] args) throws Exception {
    int snapshots = Integer.parseInt(args[1]);
    int half = Integer.parseInt(args[2]);
    int[] opened = new int[1];
    ArchiveSink sink =
        new ArchiveSink(
            new ArchiveSettings(Path.of(args[0]).toFile(), 1000, Duration.ofDays(7)),
            Clock.systemUTC(),
            ArchiveNames.ofPlatform(),
            file -> {
              OutputStream out = Files.newOutputStream(file);
              return opened[0]++ == half ? new Half(out) : out;
            });
    Registry registry =
        new Registry(
            new RegistrySettings(Instant.now(), "worker-1", "shop", null, 1000, "1"),
            Clock.systemUTC(),
            () -> {});
    for (int i = 1; i <= snapshots; i++) {
      for (int tool = 0; tool < 200; tool++) {
        registry.recordToolCall("tool-" + tool, tool, true, null);
      }
      sink.export(registry.snapshot()).toCompletableFuture().join();
      System.out.println(i);
    }
  }

  /** Writes the first half and then nothing, for ever. */
  private static final class Half extends FilterOutputStream {
    Half(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length / 2);
      out.flush();
      System.out.println("half");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
