package io.metricsagent.agent.gauges;

import static io.metricsagent.bootstrap.measures.RunMeasures.RUN_ID;
import static io.metricsagent.bootstrap.measures.RunMeasures.RUN_TYPE;
import static io.metricsagent.bootstrap.measures.RunMeasures.STATE;
import static io.metricsagent.bootstrap.measures.RunMeasures.TIMEFRAME;

import io.metricsagent.bootstrap.measures.RunMeasures;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventConsumer;
import io.metricsagent.instrumentations.events.Run;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes points of runs: raw values of each run that has ended, for a while; the time so far of each
 * run under way; and the number of runs by type and state. A run that the application has cancelled
 * has neither finished nor failed, so it has no points.
 *
 * <p>Events come from one thread, snapshots and scrapes ask from others; one lock keeps them apart.
 * No thread of the application takes it.
 */
public final class RunGauges implements EventConsumer, Supplier<List<GaugePoint>> {
  private static final String RUNNING = "running";
  private static final String FINISHED = "finished";
  private static final String FAILED = "failed";
  private static final String WINDOW = "7d";
  private static final double NANOS_PER_SECOND = 1e9;

  /** How long nothing was heard of a run that is forgotten if there are too many. */
  static final long QUIET_NANOS = 600_000_000_000L;

  /** A named class in place of a lambda: the first lambda of a JVM is slow. */
  private static final class SystemTime implements LongSupplier {
    @Override
    public long getAsLong() {
      return System.nanoTime();
    }
  }

  /** Of what runs the number is known. */
  private record Group(String type, String state) implements Comparable<Group> {
    @Override
    public int compareTo(Group other) {
      int byType = type.compareTo(other.type);
      return byType != 0 ? byType : state.compareTo(other.state);
    }
  }

  private final RunGaugeSettings settings;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final SystemSampler system;
  private final Map<Run, OpenRun> open = new IdentityHashMap<>();
  private final Deque<EndedRun> ended = new ArrayDeque<>();
  private final Map<Group, RunCounts> counts = new TreeMap<>();
  private long dropped;

  /** Whether there was an export: before the first one, the JVM's beans are left alone. */
  private boolean asked;

  /** Makes gauges of the runs of this process. */
  public RunGauges(RunGaugeSettings settings) {
    this(settings, Clock.systemUTC(), new SystemTime(), new JvmSampler());
  }

  RunGauges(RunGaugeSettings settings, Clock clock, LongSupplier nanoTime, SystemSampler system) {
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.system = system;
  }

  @Override
  public synchronized void accept(CallEvent event) {
    switch (event.kind()) {
      case RUN_BEGAN -> began(event.run());
      case RUN_ENDED -> ended(event);
      case REQUEST_ENDED -> {
        OpenRun run = open.get(event.run());
        if (run != null) {
          run.requestEnded(event);
        }
      }
      case TOOL_ENDED -> {
        OpenRun run = open.get(event.run());
        if (run != null) {
          run.toolEnded(event);
        }
      }
      default -> {
        // The other kinds say nothing that is measured here.
      }
    }
  }

  private void began(Run run) {
    String type = settings.types().typeOf(run.scenario(), false);
    countsOf(type, RUNNING);
    if (open.size() < settings.maxRuns()) {
      open.put(run, new OpenRun(type, system.sample(asked), run.startNanos()));
    }
  }

  private void ended(CallEvent event) {
    OpenRun run = open.remove(event.run());
    if (event.cancelled()) {
      return;
    }
    String type = run == null ? settings.types().typeOf(event.run().scenario(), false) : run.type();
    String state = event.failed() ? FAILED : FINISHED;
    countsOf(type, state).add(clock.millis());
    if (run == null) {
      dropped++; // there were too many runs under way
      return;
    }
    ended.addLast(
        EndedRun.of(
            nanoTime.getAsLong(),
            event,
            run,
            tags(event.run(), type, state),
            system.sample(asked).since(run.begin())));
    if (ended.size() > settings.maxRuns()) {
      ended.removeFirst();
      dropped++;
    }
  }

  private RunCounts countsOf(String type, String state) {
    Group group = new Group(type, state);
    RunCounts known = counts.get(group);
    if (known == null) {
      known = new RunCounts();
      counts.put(group, known);
    }
    return known;
  }

  private static Map<String, String> tags(Run run, String type, String state) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(RUN_ID, run.id());
    tags.put(RUN_TYPE, type);
    tags.put(STATE, state);
    return tags;
  }

  @Override
  public synchronized void tick(long epochMillis) {
    long now = nanoTime.getAsLong();
    forget(now);
    if (open.size() >= settings.maxRuns()) {
      // An application may lose runs that never end; they must not take the place of all others.
      open.values().removeIf(run -> now - run.lastNanos() > QUIET_NANOS);
    }
  }

  private void forget(long now) {
    while (!ended.isEmpty() && now - ended.peekFirst().nanos() >= settings.lifetimeNanos()) {
      ended.removeFirst();
    }
  }

  /** Returns the points of this moment. Thread-safe. */
  @Override
  public synchronized List<GaugePoint> get() {
    asked = true;
    long now = nanoTime.getAsLong();
    Instant at = clock.instant();
    forget(now);
    List<GaugePoint> points = new ArrayList<>();
    counts.forEach((group, count) -> points.add(runs(group, number(group, count, at), at)));
    open.forEach((run, data) -> points.add(elapsed(run, data, now, at)));
    ended.forEach(run -> points.addAll(run.points()));
    if (dropped > 0) {
      points.add(new GaugePoint(RunMeasures.DROPPED, Map.of(), dropped, at));
    }
    return points;
  }

  private long number(Group group, RunCounts count, Instant at) {
    return group.state.equals(RUNNING)
        ? open.values().stream().filter(run -> run.type().equals(group.type)).count()
        : count.count(at.toEpochMilli());
  }

  private static GaugePoint runs(Group group, long number, Instant at) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(RUN_TYPE, group.type);
    tags.put(STATE, group.state);
    tags.put(TIMEFRAME, WINDOW);
    return new GaugePoint(RunMeasures.RUNS, tags, number, at);
  }

  private static GaugePoint elapsed(Run run, OpenRun data, long now, Instant at) {
    double seconds = Math.max(0, now - run.startNanos()) / NANOS_PER_SECOND;
    return EndedRun.duration(seconds, tags(run, data.type(), RUNNING), at);
  }

  @Override
  public void close() {
    // The last export, which follows, shows the runs that have just ended.
  }
}
