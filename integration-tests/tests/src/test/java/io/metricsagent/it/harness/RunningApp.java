package io.metricsagent.it.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A running application. */
public final class RunningApp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Traces traces;

  RunningApp(Process process, Traces traces) {
    this.process = process;
    this.traces = traces;
  }

  /** Returns its process id. */
  public long pid() {
    return process.pid();
  }

  /** Returns the standard output so far. */
  public String stdout() {
    return traces.stdout();
  }

  /** Returns the standard error so far. */
  public String stderr() {
    return traces.stderr();
  }

  /** Waits until the application has printed a text. */
  public void awaitOutput(String text) {
    Await.until(
        () -> stdout().contains(text) || !process.isAlive(), PATIENCE, () -> text + " " + traces);
    if (!stdout().contains(text)) {
      throw new AssertionError("ended without printing " + text + " " + traces);
    }
  }

  /** Returns how many snapshots the agent has written so far. */
  public int dumps() {
    String[] files =
        traces
            .directory()
            .resolve(".metrics-agent/debug/metrics")
            .toFile()
            .list((dir, name) -> name.endsWith(".json"));
    return files == null ? 0 : files.length;
  }

  /** Waits until the agent has written a number of snapshots. */
  public void awaitDumps(int number) {
    Await.until(() -> dumps() >= number, PATIENCE, () -> number + " snapshots " + traces);
  }

  /** Writes a line to the application's standard input. */
  public void type(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Closes the application's standard input and waits for its end. */
  public FinishedRun finish() throws IOException {
    process.getOutputStream().close();
    return await();
  }

  /** Sends SIGTERM to the application and waits for its end. */
  public FinishedRun terminate() {
    // Process.destroy would also close the standard input, and the application might see that
    // first.
    process.toHandle().destroy();
    return await();
  }

  /** Kills the application, as {@code kill -9} does, and waits for its end. */
  public FinishedRun kill() {
    process.toHandle().destroyForcibly();
    return await();
  }

  FinishedRun await() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running after " + PATIENCE + " " + traces);
      }
      FinishedRun run = new FinishedRun(process.exitValue(), traces);
      ShowRuns.remember(run);
      return run;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted " + traces, e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
