package io.metricsagent.instrumentations.events;

import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The stream of events, from the handlers to the consumers. Handlers get it from {@code Telemetry}.
 *
 * <p>The application never waits: if the consumers do not keep up, events are dropped and counted.
 * An event allocates nothing. While no consumer is on, the stream is {@link #OFF}, and a handler
 * reads one final field.
 *
 * <p>A handler asks {@link #wants} first, then fills an event and publishes it:
 *
 * <pre>{@code
 * if (events.isOn() && events.wants(run)) {
 *   CallEvent event = events.event(EventKind.TOOL_ENDED, run, operation, now);
 *   if (event != null) {
 *     events.publish(event.ofTool(tool).took(nanos).ended(errorType, failure));
 *   }
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class EventStream {
  /** The stream without consumers. */
  public static final EventStream OFF = new EventStream();

  private static final int CAPACITY = 4096;

  private final boolean on;
  private final boolean everything;
  private final boolean calls;
  private final EventSettings settings;
  private final EventRing ring;
  private final EventWriter writer;
  private final Run process;

  /**
   * The last number of a request or tool call. An object of its own, so that the numbers and the
   * queue's positions are not on one cache line.
   */
  private final AtomicLong operations;

  private EventStream() {
    on = false;
    everything = false;
    calls = false;
    settings = null;
    ring = null;
    writer = null;
    process = null;
    operations = null;
  }

  private EventStream(EventSettings settings, List<EventConsumer> consumers, int capacity) {
    on = true;
    this.settings = settings;
    ring = new EventRing(capacity, System.currentTimeMillis() * 1_000_000 - System.nanoTime());
    operations = new AtomicLong();
    process =
        new Run(
            settings.scenario() == null ? Run.PROCESS : settings.scenario(),
            null,
            System.nanoTime()
                - (System.currentTimeMillis() - settings.startEpochMillis()) * 1_000_000,
            settings.startEpochMillis(),
            true,
            settings.sampling().takes(null));
    writer = new EventWriter(ring, process, consumers);
    everything = writer.highest() == EventConsumer.Interest.EVERYTHING;
    calls = writer.highest() != EventConsumer.Interest.RUNS;
  }

  /**
   * Makes a stream, whose thread starts with the first event.
   *
   * @return {@link #OFF} if there are no consumers
   */
  public static EventStream to(List<EventConsumer> consumers, EventSettings settings) {
    return consumers.isEmpty() ? OFF : new EventStream(settings, consumers, CAPACITY).withThread();
  }

  /**
   * Makes a stream without a thread, for tests: {@link #deliver} hands the events over on the
   * thread of the caller.
   */
  public static EventStream byHand(List<EventConsumer> consumers, EventSettings settings) {
    return new EventStream(settings, consumers, CAPACITY);
  }

  /** For tests of the queue, which choose its number of slots, a power of two. */
  static EventStream withCapacity(
      List<EventConsumer> consumers, EventSettings settings, int capacity) {
    return new EventStream(settings, consumers, capacity).withThread();
  }

  private EventStream withThread() {
    writer.mayStart();
    return this;
  }

  /** Returns whether there is a consumer. */
  public boolean isOn() {
    return on;
  }

  /** Returns whether prompts, answers, arguments and results may be in events. */
  public boolean hasContent() {
    return on && settings.content();
  }

  /**
   * Returns whether some consumer needs the calls of a run.
   *
   * @param run {@code null} for the run of the process
   */
  public boolean wants(Run run) {
    return everything || (calls && (run == null ? process : run).isSampled());
  }

  /** Returns the run of the process; {@code null} if the stream is off. */
  public Run process() {
    return process;
  }

  /**
   * Makes a run that begins now. Nobody hears of it before {@link #began}. What the application
   * says of the work of this thread (its session, its run, and so on) is said of the run, and wins
   * over what a library knows.
   *
   * @param scenario what is run, unless the user has named it
   * @param conversation the library's id of the conversation, or {@code null}
   */
  public Run newRun(String scenario, String conversation) {
    CallContexts contexts = settings.contexts();
    String said = contexts.get(ContextField.SESSION_ID);
    String known = said == null ? conversation : said;
    String session = known == null ? settings.sessionId() : known;
    Run run =
        new Run(
            settings.scenario() == null ? scenario : settings.scenario(),
            session,
            System.nanoTime(),
            System.currentTimeMillis(),
            false,
            settings.sampling().takes(session));
    run.says(ContextField.RUN_ID, contexts.get(ContextField.RUN_ID));
    run.says(ContextField.EXPERIMENT, contexts.get(ContextField.EXPERIMENT));
    run.says(ContextField.REQUEST_ID, contexts.get(ContextField.REQUEST_ID));
    run.says(ContextField.ATTEMPT, contexts.get(ContextField.ATTEMPT));
    run.says(ContextField.TRACE_ID, contexts.get(ContextField.TRACE_ID));
    return run;
  }

  /** Returns a new number for a request or tool call. */
  public long nextOperation() {
    return operations.incrementAndGet();
  }

  /**
   * Returns an event to fill and to {@link #publish}; {@code null} if the queue is full.
   *
   * @param run {@code null} for the run of the process
   * @param operation the number of the request or tool call, from {@link #nextOperation}
   * @param nanos when it happened, by {@link System#nanoTime}
   */
  public CallEvent event(EventKind kind, Run run, long operation, long nanos) {
    return claim(kind, run, operation, nanos, false);
  }

  private CallEvent claim(EventKind kind, Run run, long operation, long nanos, boolean ofRun) {
    CallEvent event = ring.claim(ofRun);
    if (event == null) {
      writer.wake();
    } else {
      event.is(kind, run, operation, nanos);
    }
    return event;
  }

  /** Hands an event to the consumers. The caller must not use it any more. */
  public void publish(CallEvent event) {
    writer.published(ring.publish(event));
  }

  /** A run begins. */
  public void began(Run run) {
    CallEvent event = claim(EventKind.RUN_BEGAN, run, 0, run.startNanos(), true);
    if (event != null) {
      publish(event);
    }
  }

  /**
   * A run ends; later calls for the same run change nothing.
   *
   * @param nanos when, by {@link System#nanoTime}
   * @param errorType {@code error.type}, {@link Run#CANCELLED}, or {@code null} after a success
   * @param thrown the exception, or {@code null}
   * @param content the result; {@code null} unless content is on
   */
  public void ended(Run run, long nanos, String errorType, Throwable thrown, Object content) {
    Run.Ending ending = new Run.Ending(nanos, errorType, thrown, content);
    if (!run.end(ending)) {
      return;
    }
    CallEvent event = claim(EventKind.RUN_ENDED, run, 0, nanos, true);
    if (event != null) {
      EventWriter.fill(event, run, ending);
      publish(event);
    }
    writer.wake();
  }

  /**
   * Records an event of the application.
   *
   * @param run {@code null} for the run of the process
   * @param data usually a map; may be {@code null}. Consumers read it later, so it must not change
   */
  public void recorded(Run run, String name, Object data) {
    CallEvent event = claim(EventKind.APPLICATION, run, 0, System.nanoTime(), true);
    if (event != null) {
      publish(event.says(name, data));
    }
  }

  /** Something was measured outside of every run: the run of the process is worth a line. */
  public void worked() {
    writer.processWorked();
  }

  /** Returns how many events were dropped because the queue was full. */
  public long dropped() {
    return on ? ring.dropped() : 0;
  }

  /** Hands over all events of a stream that was made by {@link #byHand}. */
  public void deliver() {
    writer.deliver();
  }

  /**
   * Ends the stream: hands over what is in the queue, ends the runs under way as interrupted, ends
   * the run of the process if something was measured outside of all others, and closes the
   * consumers. Waits at most two seconds. Later calls do nothing.
   */
  public void close() {
    if (on) {
      writer.close();
    }
  }

  /**
   * Waits until the consumers have sent what they send elsewhere. Called after {@link #close}.
   *
   * @param deadlineNanos when the wait must end, by {@link System#nanoTime}
   */
  public void await(long deadlineNanos) {
    if (on) {
      writer.await(deadlineNanos);
    }
  }
}
