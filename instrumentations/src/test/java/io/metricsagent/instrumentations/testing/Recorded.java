package io.metricsagent.instrumentations.testing;

import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.ExemplarFilter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A registry of a test's own, and what the handlers of the test recorded in it. */
public final class Recorded {
  private final Registry registry;
  private final Telemetry telemetry;

  /** Makes an empty registry. */
  public Recorded() {
    this(Chats.registry());
  }

  private Recorded(Registry registry) {
    this(registry, new Telemetry(registry));
  }

  private Recorded(Registry registry, Telemetry telemetry) {
    this.registry = registry;
    this.telemetry = telemetry;
  }

  /** Makes a registry whose handlers read what is {@link Said}. */
  public static Recorded reading() {
    Registry registry = Chats.registry();
    ActiveSpans spans = new ActiveSpans(ExemplarFilter.TRACE_BASED);
    return new Recorded(
        registry,
        new Telemetry(registry, spans, Object::toString, EventStream.OFF, Said.contexts()));
  }

  /** Returns what handlers are made with. */
  public Telemetry telemetry() {
    return telemetry;
  }

  /** Returns the registry. */
  public Registry registry() {
    return registry;
  }

  /** Returns all series of adapters. */
  public List<AdapterSnapshot> adapters() {
    return registry.snapshot().adapters();
  }

  /** Returns the only adapter. */
  public AdapterSnapshot adapter() {
    return only(adapters());
  }

  /** Returns the number of requests of all adapters. */
  public long requests() {
    return adapters().stream().mapToLong(AdapterSnapshot::requestCount).sum();
  }

  /** Returns all series of tools. */
  public List<ToolSnapshot> tools() {
    return registry.snapshot().tools();
  }

  /** Returns the only tool. */
  public ToolSnapshot tool() {
    return only(tools());
  }

  /** Makes a registry that has receiving, settling and processing messages timed. */
  public static Recorded timed() {
    RegistrySettings settings =
        new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test", true);
    return new Recorded(new Registry(settings, Clock.systemUTC(), () -> {}));
  }

  /** Returns how often a latency of the only mailbox was recorded. */
  public long recordings(Measure measure) {
    return mailbox().series().histogram(measure).count();
  }

  /** Returns how often an operation of the only mailbox failed, by type of error. */
  public Map<String, Long> failures(Measure measure) {
    return mailbox().series().outcomes(measure).errorTypes();
  }

  /** Returns the only mailbox. */
  public MailboxSnapshot mailbox() {
    return only(registry.snapshot().mailboxes());
  }

  /** Returns all series of mailboxes. */
  public List<MailboxSnapshot> mailboxes() {
    return registry.snapshot().mailboxes();
  }

  /** Returns all series of the Model Context Protocol. */
  public List<McpSnapshot> mcp() {
    return registry.snapshot().mcp();
  }

  private static <T> T only(List<T> series) {
    if (series.size() != 1) {
      throw new AssertionError("not one series: " + series);
    }
    return series.get(0);
  }
}
