package io.metricsagent.agent.runs;

import io.metricsagent.agent.files.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Reads a file of runs in one pass. Two threads read the two halves of a large file; neither holds
 * more of it than one buffer. Ids of runs that the memory has no room for are sorted in temporary
 * files. Stateless.
 */
public final class RunLog {
  /** The size from which on a second thread is worth its start. In bytes. */
  private static final long LARGE = 8 << 20;

  /** What the command needs besides ids: buffers, and its own classes. In bytes. */
  private static final long OTHER_MEMORY = 8 << 20;

  /** The ids of each half of a file take at most that part of the rest of the memory. */
  private static final int MEMORY_SHARES = 8;

  /** The ids of each half may take that much however little memory there is. In bytes. */
  private static final long MIN_IDS = 1 << 20;

  /** The ids of each half take no more than that; 500,000 runs in ten weeks do. In bytes. */
  private static final long MAX_IDS = 32 << 20;

  private static final int SEARCH_BUFFER = 8192;

  private RunLog() {}

  /**
   * Reads a file. What is appended meanwhile is not read.
   *
   * @param progress is told how many bytes have been read, on the calling thread
   */
  public static WasrReport read(Path file, Window window, LongConsumer progress)
      throws IOException {
    return read(file, window, progress, LARGE);
  }

  /**
   * Reads a file.
   *
   * @param large the size from which on the file is read in two parts
   */
  static WasrReport read(Path file, Window window, LongConsumer progress, long large)
      throws IOException {
    // A pipe has no halves, and the system's own files do not tell their size.
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      try (InputStream in = Files.newInputStream(file)) {
        return read(in, window, progress);
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        SpilledIds spilled = new SpilledIds()) {
      long size = channel.size();
      long middle = size < large ? size : nextLine(channel, size / 2, size);
      AtomicLong secondDone = new AtomicLong();
      Tally tally = tally(window, spilled);
      Tally secondTally = tally(window, spilled);
      JsonLines first = new JsonLines(new RunLines(tally));
      JsonLines second = new JsonLines(new RunLines(secondTally));
      FutureTask<Void> rest =
          new FutureTask<>(
              () -> {
                second.read(part(channel, middle, size), secondDone::set);
                return null;
              });
      if (middle < size) {
        Thread thread = new Thread(rest, "wasr-second-half");
        thread.setDaemon(true);
        thread.start();
      } else {
        rest.run();
      }
      first.read(part(channel, 0, middle), bytes -> progress.accept(bytes + secondDone.get()));
      await(rest);
      if (middle < size) {
        progress.accept(middle + secondDone.get()); // the second half may have taken longer
      }
      tally.addAll(secondTally);
      return WasrReport.of(window, tally, first.skipped().then(second.skipped(), first.count()));
    }
  }

  /**
   * Reads a stream up to its end. The caller closes it.
   *
   * @param progress is told how many bytes have been read
   */
  public static WasrReport read(InputStream in, Window window, LongConsumer progress)
      throws IOException {
    try (SpilledIds spilled = new SpilledIds()) {
      Tally tally = tally(window, spilled);
      return WasrReport.of(window, tally, JsonLines.read(in, new RunLines(tally), progress));
    }
  }

  private static Tally tally(Window window, SpilledIds spilled) {
    long share = (Runtime.getRuntime().maxMemory() - OTHER_MEMORY) / MEMORY_SHARES;
    long limit = Math.max(MIN_IDS, Math.min(MAX_IDS, share));
    return new Tally(window.start(), new RunIds(spilled, limit));
  }

  private static JsonLines.Source part(FileChannel channel, long begin, long end) {
    AtomicLong position = new AtomicLong(begin);
    return (into, offset, length) -> {
      long at = position.get();
      if (at >= end) {
        return -1;
      }
      int wanted = (int) Math.min(length, end - at);
      int read = channel.read(ByteBuffer.wrap(into, offset, wanted), at);
      position.addAndGet(Math.max(0, read));
      return read;
    };
  }

  /** Returns where the next line begins at or after a position, or the end. */
  private static long nextLine(FileChannel channel, long position, long end) throws IOException {
    byte[] buffer = new byte[SEARCH_BUFFER];
    JsonLines.Source source = part(channel, position, end);
    long at = position;
    for (int read = source.read(buffer, 0, buffer.length);
        read >= 0;
        read = source.read(buffer, 0, buffer.length)) {
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          return at + i + 1;
        }
      }
      at += read;
    }
    return end;
  }

  private static void await(FutureTask<Void> task) throws IOException {
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
