package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The sinks that are open, and those that could not be opened yet, for instance because a port is
 * in use or the heap is full. Every flush tries to open these again. Used by the flush thread
 * alone.
 */
final class OpenSinks {
  private final LongSupplier nanoTime;
  private final List<SinkRunner> open = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();

  private record Waiting(SinkPlan plan, FailureLog log) {}

  OpenSinks(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void plan(List<? extends SinkPlan> plans) {
    for (SinkPlan plan : plans) {
      waiting.add(new Waiting(plan, new FailureLog("exporting to " + plan.name(), nanoTime)));
    }
  }

  /** Tries to open all sinks that are not open yet. */
  void open() {
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      if (open(next)) {
        all.remove();
      }
    }
  }

  /** Opens a sink. Returns whether it need not be tried again. */
  private boolean open(Waiting next) {
    try {
      List<SinkRunner> runners = new ArrayList<>();
      for (MetricsSink sink : next.plan().open()) {
        runners.add(new SinkRunner(sink, nanoTime));
      }
      open.addAll(runners);
      next.log().succeeded();
      return true;
    } catch (LinkageError e) {
      AgentLog.log(
          AgentLog.Level.ERROR,
          "nothing is exported to " + next.plan().name() + ": " + e.getMessage(),
          e);
      return true;
    } catch (Throwable e) {
      next.log().failed(e);
      return false;
    }
  }

  List<SinkRunner> all() {
    return open;
  }
}
