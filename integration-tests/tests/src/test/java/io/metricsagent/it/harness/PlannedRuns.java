package io.metricsagent.it.harness;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs of applications, whose results the tests ask for in order. Applications mostly wait, so the
 * next one already runs beside the current one. Thread-safe.
 *
 * @param <R> the result of a run
 */
public final class PlannedRuns<R> {
  /** Runs an application to its end. */
  public interface Execution<R> {
    /** Returns the result of the run. */
    R execute(Setup setup) throws Exception;
  }

  private final ExecutorService twoAtATime =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "applications");
            thread.setDaemon(true);
            return thread;
          });

  private final Execution<R> execution;
  private final List<Setup> planned = new CopyOnWriteArrayList<>();
  private final Map<Setup, Future<R>> runs = new ConcurrentHashMap<>();

  /** Makes an empty plan. */
  public PlannedRuns(Execution<R> execution) {
    this.execution = execution;
  }

  /** Adds runs behind those that are planned, and returns them. */
  public List<Setup> plan(List<Setup> setups) {
    planned.addAll(setups);
    return setups;
  }

  /** Waits for the end of a run and returns its result; throws the exception of a failed run. */
  public R of(Setup setup) throws Throwable {
    Future<R> run = start(setup);
    int next = planned.indexOf(setup) + 1;
    if (next < planned.size()) {
      start(planned.get(next));
    }
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private Future<R> start(Setup setup) {
    return runs.computeIfAbsent(setup, s -> twoAtATime.submit(() -> execution.execute(s)));
  }
}
