package io.metricsagent.instrumentations.testing;

import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventConsumer;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.EventSettings;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.events.RunSampling;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.ExemplarFilter;
import java.util.ArrayList;
import java.util.List;

/** Hears all events that a test's handlers tell, and keeps a copy of each. */
public final class Heard implements EventConsumer {
  /** What an event has said. */
  public record Event(
      EventKind kind,
      Run run,
      long operation,
      String what,
      long durationNanos,
      long firstPieceNanos,
      int pieces,
      int attempts,
      boolean throttled,
      boolean failed,
      boolean cancelled,
      String errorType,
      Throwable thrown,
      long inputTokens,
      Object content) {
    static Event of(CallEvent event) {
      return new Event(
          event.kind(),
          event.run(),
          event.operation(),
          event.tool() == null
              ? event.provider() + "/" + event.model() + "/" + event.operationName()
              : event.tool(),
          event.durationNanos(),
          event.firstPieceNanos(),
          event.pieces(),
          event.attempts(),
          event.throttled(),
          event.failed(),
          event.cancelled(),
          event.errorType(),
          event.thrown(),
          event.inputTokens(),
          event.content());
    }
  }

  private final List<Event> events = new ArrayList<>();
  private final EventStream stream;
  private final Recorded recorded = new Recorded();
  private final Telemetry telemetry;

  /** Hears without content. */
  public Heard() {
    this(false);
  }

  /** Hears with or without content. */
  public Heard(boolean content) {
    stream =
        EventStream.byHand(
            List.of(this), new EventSettings(null, new RunSampling(1), content, 1_000_000));
    telemetry =
        new Telemetry(
            recorded.registry(),
            new ActiveSpans(ExemplarFilter.TRACE_BASED),
            Object::toString,
            stream);
  }

  /** Returns what handlers are made with. */
  public Telemetry telemetry() {
    return telemetry;
  }

  /** Returns what the handlers have recorded. */
  public Recorded recorded() {
    return recorded;
  }

  /** Returns the stream. */
  public EventStream stream() {
    return stream;
  }

  /** Returns all events so far. */
  public List<Event> events() {
    stream.deliver();
    return events;
  }

  /** Returns the kinds of all events so far, without the beginning of the process. */
  public List<EventKind> kinds() {
    return events().stream()
        .filter(event -> event.kind() != EventKind.RUN_BEGAN || !event.run().isProcess())
        .map(Event::kind)
        .toList();
  }

  /** Returns the events of a kind. */
  public List<Event> all(EventKind kind) {
    return events().stream().filter(event -> event.kind() == kind).toList();
  }

  /** Returns the only event of a kind. */
  public Event only(EventKind kind) {
    List<Event> found = all(kind);
    if (found.size() != 1) {
      throw new AssertionError("not one " + kind + ": " + found);
    }
    return found.get(0);
  }

  @Override
  public void accept(CallEvent event) {
    events.add(Event.of(event));
  }

  @Override
  public void tick(long epochMillis) {}

  @Override
  public void close() {}
}
