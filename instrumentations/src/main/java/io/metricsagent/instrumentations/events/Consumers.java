package io.metricsagent.instrumentations.events;

import io.metricsagent.bootstrap.AgentLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Hands each event to those consumers that need it, and keeps the order of runs: the run of the
 * process begins before its first event, and each run that has begun ends once, at the latest when
 * the stream closes. Used by one thread.
 */
final class Consumers {
  /** Runs beyond this number are handed over, but not ended as interrupted. */
  private static final int MAX_OPEN_RUNS = 100_000;

  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final Run process;
  private final List<Guarded> all = new ArrayList<>();
  private final Set<Run> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile boolean processWorked;
  private boolean processBegan;

  Consumers(Run process, List<EventConsumer> consumers) {
    this.process = process;
    for (EventConsumer consumer : consumers) {
      all.add(new Guarded(consumer, consumer.interest()));
    }
  }

  EventConsumer.Interest highest() {
    EventConsumer.Interest highest = EventConsumer.Interest.RUNS;
    for (Guarded consumer : all) {
      highest = consumer.interest.compareTo(highest) > 0 ? consumer.interest : highest;
    }
    return highest;
  }

  /** Called on threads of the application. */
  void processWorked() {
    if (!processWorked) {
      processWorked = true;
    }
  }

  void accept(CallEvent event) {
    if (event.run() == null) {
      event.belongsTo(process);
    }
    Run run = event.run();
    if (run == process) {
      beginProcess();
    } else if (event.kind() == EventKind.RUN_BEGAN) {
      if (open.size() < MAX_OPEN_RUNS) {
        open.add(run);
      }
    } else if (event.kind() == EventKind.RUN_ENDED) {
      open.remove(run);
      if (!run.tellEnd()) {
        return;
      }
    }
    hand(event);
  }

  private void hand(CallEvent event) {
    for (Guarded consumer : all) {
      if (consumer.needs(event)) {
        consumer.accept(event);
      }
    }
  }

  private void beginProcess() {
    if (!processBegan) {
      processBegan = true;
      CallEvent began = apart();
      began.is(EventKind.RUN_BEGAN, process, 0, process.startNanos());
      hand(began);
    }
  }

  private static CallEvent apart() {
    return new CallEvent(0, System.currentTimeMillis() * 1_000_000 - System.nanoTime());
  }

  /**
   * Ticks all consumers.
   *
   * @param caughtUp whether all events have been handed over that were published by now
   */
  void tick(long epochMillis, boolean caughtUp) {
    if (caughtUp) {
      endLost(System.nanoTime());
    }
    for (Guarded consumer : all) {
      consumer.tick(epochMillis);
    }
  }

  /** Hands over the ends of runs whose events were dropped. */
  private void endLost(long now) {
    for (Iterator<Run> runs = open.iterator(); runs.hasNext(); ) {
      Run run = runs.next();
      Run.Ending ending = run.ending();
      if (ending != null && now - ending.nanos() > PATIENCE_NANOS) {
        runs.remove();
        handEnd(run, ending);
      }
    }
  }

  private void handEnd(Run run, Run.Ending ending) {
    if (!run.tellEnd()) {
      return;
    }
    CallEvent ended = apart();
    ended.is(EventKind.RUN_ENDED, run, 0, ending.nanos());
    EventWriter.fill(ended, run, ending);
    hand(ended);
  }

  /** Ends all runs and closes the consumers. */
  void close(long now) {
    for (Run run : open) {
      run.end(new Run.Ending(now, Run.INTERRUPTED, null, null));
      handEnd(run, run.ending());
    }
    open.clear();
    if (processWorked || processBegan) {
      beginProcess();
      process.end(new Run.Ending(now, null, null, null));
      handEnd(process, process.ending());
    }
    for (Guarded consumer : all) {
      consumer.close();
    }
  }

  /** Waits for what the consumers send; they are closed. May be called by any thread. */
  void await(long deadlineNanos) {
    for (Guarded consumer : all) {
      consumer.await(deadlineNanos);
    }
  }

  /** A consumer whose faults reach nobody. */
  private static final class Guarded {
    private final EventConsumer consumer;
    private final EventConsumer.Interest interest;
    private boolean told;

    Guarded(EventConsumer consumer, EventConsumer.Interest interest) {
      this.consumer = consumer;
      this.interest = interest;
    }

    boolean needs(CallEvent event) {
      return switch (event.kind()) {
        case RUN_BEGAN, RUN_ENDED, APPLICATION -> true;
        default ->
            interest == EventConsumer.Interest.EVERYTHING
                || (interest == EventConsumer.Interest.SAMPLED_RUNS && event.run().isSampled());
      };
    }

    void accept(CallEvent event) {
      try {
        consumer.accept(event);
      } catch (Throwable fault) {
        tell(fault);
      }
    }

    void tick(long epochMillis) {
      try {
        consumer.tick(epochMillis);
      } catch (Throwable fault) {
        tell(fault);
      }
    }

    void close() {
      try {
        consumer.close();
      } catch (Throwable fault) {
        tell(fault);
      }
    }

    void await(long deadlineNanos) {
      try {
        consumer.await(deadlineNanos);
      } catch (Throwable fault) {
        tell(fault);
      }
    }

    private void tell(Throwable fault) {
      if (told) {
        return;
      }
      told = true;
      try {
        AgentLog.log(
            AgentLog.Level.WARN,
            consumer.getClass().getSimpleName()
                + " failed: "
                + fault
                + "; it may lack events, and further faults are not logged",
            fault);
      } catch (Throwable ignored) {
        // No memory is left for the message.
      }
    }
  }
}
