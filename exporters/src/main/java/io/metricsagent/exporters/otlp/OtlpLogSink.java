package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.Counts;
import io.metricsagent.exporters.SinkThread;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends events as log records over OTLP, in batches, with the client of the metrics exporter.
 *
 * <p>Events wait in a queue with a limit on their number and on their bytes. They leave the queue
 * when the receiver has taken them, or refuses them for good; so an outage that the queue outlasts
 * loses nothing. Of a batch that the receiver refuses because of what it holds, only the records at
 * fault are dropped ({@link Halving}). What does not fit is dropped and counted. The application
 * never waits: a daemon thread, which ends when it is idle, makes and sends the requests.
 *
 * <p>{@link #add}, {@link #flush} and {@link #closing} are called by one thread; {@link #await} may
 * be called by another one.
 */
public final class OtlpLogSink {
  /** How many events wait at most. */
  static final int MAX_WAITING = 8192;

  /** How many bytes wait at most. */
  static final int MAX_WAITING_BYTES = 16 << 20;

  /** How many events one request has at most. */
  static final int MAX_BATCH = 512;

  /** How many bytes one request has at most, unless one event is larger; gRPC's limit is 4 MB. */
  static final int MAX_BATCH_BYTES = 1 << 20;

  /** How long the end of the JVM waits for a receiver that did not take the last batch. */
  private static final long PATIENCE_WITH_DEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final OtlpClient<LogRecordData> client;
  private final String version;
  private final SinkThread thread = new SinkThread("metrics-agent-otlp-logs");

  // Guarded by the queue.
  private final ArrayDeque<LogEvent> queue = new ArrayDeque<>();
  private long waitingBytes;
  private long dropped;
  private final ReceiverHealth receiver = new ReceiverHealth();

  private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
  private volatile CompletableFuture<?> last;

  OtlpLogSink(OtlpSettings settings, String version, Timing timing) {
    client = new OtlpClient.OfLogs(settings, timing);
    this.version = version;
  }

  /**
   * Makes a sink, which opens no connection and starts no thread before its first request.
   *
   * @param version the agent's version
   * @throws IllegalArgumentException if a file of the settings cannot be read; the message names
   *     the setting
   */
  public static OtlpLogSink create(OtlpSettings settings, String version) {
    return new OtlpLogSink(settings, version, null);
  }

  /** Takes an event, or drops and counts it if too much waits. */
  public void add(LogEvent event) {
    synchronized (queue) {
      int bytes = event.estimatedBytes();
      if (queue.size() >= MAX_WAITING || waitingBytes + bytes > MAX_WAITING_BYTES) {
        drop(1, "there is no room for more; receivers must take them faster");
      } else {
        queue.add(event);
        waitingBytes += bytes;
      }
    }
  }

  private void drop(long count, String why) {
    if (dropped == 0) {
      receiver.tellLoss(why);
    }
    dropped += count;
  }

  /** Returns how many events were dropped, or rejected by the receiver. */
  public long dropped() {
    synchronized (queue) {
      return dropped;
    }
  }

  /** Returns how many events wait. */
  int waiting() {
    synchronized (queue) {
      return queue.size();
    }
  }

  /**
   * Begins to send what waits, unless a request is under way, or has failed just before.
   *
   * @return completes when everything is sent, or a request has failed
   */
  public CompletionStage<?> flush() {
    if (underWay.isDone() && waiting() > 0 && !isPausing()) {
      underWay = thread.run(this::sendAll);
    }
    return underWay;
  }

  private boolean isPausing() {
    synchronized (queue) {
      return receiver.isPausing(client.nanoTime());
    }
  }

  /** Sends batches until the queue is empty or one of them fails. Runs on the sink's thread. */
  private Void sendAll() {
    for (List<LogEvent> batch = batch(); !batch.isEmpty(); batch = batch()) {
      if (!sent(batch)) {
        return null;
      }
    }
    return null;
  }

  /** Returns the next events, which stay in the queue. */
  private List<LogEvent> batch() {
    List<LogEvent> batch = new ArrayList<>();
    long bytes = 0;
    synchronized (queue) {
      for (Iterator<LogEvent> events = queue.iterator();
          events.hasNext() && batch.size() < MAX_BATCH; ) {
        LogEvent event = events.next();
        bytes += event.estimatedBytes();
        if (bytes > MAX_BATCH_BYTES && !batch.isEmpty()) {
          break;
        }
        batch.add(event);
      }
    }
    return batch;
  }

  /** Sends a batch, as a whole or in parts; returns whether it has left the queue. */
  private boolean sent(List<LogEvent> batch) {
    Halving halving;
    synchronized (queue) {
      halving = new Halving(batch, receiver.splitsAllowed());
    }
    List<LogEvent> part = batch;
    while (part != null && sent(part, halving)) {
      part = halving.next();
    }
    synchronized (queue) {
      receiver.answered(halving);
    }
    return part == null;
  }

  /** Sends the next part of a batch; returns whether the receiver has answered for good. */
  private boolean sent(List<LogEvent> part, Halving halving) {
    ExportException failure;
    try {
      failure = client.send(records(part));
    } catch (RuntimeException | LinkageError | StackOverflowError e) { // would happen again
      failure = new ExportException(e.toString(), e, ExportException.Fate.INVALID);
    }
    synchronized (queue) {
      if (failure == null) {
        halving.nextIsTaken();
        receiver.works();
      } else if (failure.isTaken()) {
        halving.nextIsTaken();
        receiver.rejected(failure);
        drop(failure.rejected(), "the receiver rejects them");
      } else if (!failure.isRefused()) {
        receiver.failed(failure, client.nanoTime());
        return false;
      } else if (halving.nextIsRefused(failure)) {
        dropped += part.size();
      } else {
        return true; // its halves come next
      }
      for (LogEvent event : part) {
        queue.remove();
        waitingBytes -= event.estimatedBytes();
      }
      return true;
    }
  }

  private List<LogRecordData> records(List<LogEvent> batch) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    InstrumentationScopeInfo scope =
        InstrumentationScopeInfo.builder(Points.SCOPE).setVersion(version).build();
    List<LogRecordData> records = new ArrayList<>();
    for (LogEvent event : batch) {
      records.add(LogRecord.of(event, now, client.resource(), scope));
    }
    return records;
  }

  /**
   * The JVM ends: nothing waits for a retry any more, and what waits is sent once more. Returns at
   * once; {@link #await} waits for it.
   */
  public void closing() {
    client.hurry();
    CompletableFuture<?> before = underWay;
    last =
        before.isDone()
            ? thread.run(this::sendAll)
            : before
                .handle((done, failure) -> thread.run(this::sendAll))
                .thenCompose(sending -> sending);
  }

  /**
   * Waits until everything is sent, or the last request has failed, but not longer than the
   * deadline; for a receiver that took nothing before, 0.3 seconds. Then it closes the connections
   * and tells how many events were lost.
   *
   * @param deadlineNanos by {@link System#nanoTime}
   */
  public void await(long deadlineNanos) {
    CompletableFuture<?> sending = last;
    if (sending == null) {
      return;
    }
    long patience = deadlineNanos - System.nanoTime();
    synchronized (queue) {
      if (receiver.isFailing()) {
        patience = Math.min(patience, PATIENCE_WITH_DEAD_NANOS);
      }
    }
    try {
      sending.get(Math.max(0, patience), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      AgentLog.debug("the last log records of sessions were not sent: " + e, e);
    }
    synchronized (queue) {
      receiver.silence();
      if (dropped + queue.size() > 0) {
        AgentLog.warn(
            "the agent dropped "
                + Counts.of(dropped, "log record")
                + " of sessions, and could not send "
                + queue.size()
                + " before the JVM ended");
      }
    }
    thread.interrupt();
    client.shutdown();
  }
}
