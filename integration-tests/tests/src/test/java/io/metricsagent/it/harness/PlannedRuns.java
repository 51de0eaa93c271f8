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
 * Runs of applications, each of which is asked for in its turn. Applications mostly wait, so the
 * next one runs while one does. Thread-safe.
 *
 * @param <S> what tells one run from another
 * @param <R> what comes of a run
 */
public final class PlannedRuns<S, R> {
  /** Runs an application to its end. */
  public interface Execution<S, R> {
    /** Returns what came of it. */
    R execute(S setup) throws Exception;
  }

  private final ExecutorService twoAtATime =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "applications");
            thread.setDaemon(true);
            return thread;
          });

  private final Execution<S, R> execution;
  private final List<S> planned = new CopyOnWriteArrayList<>();
  private final Map<S, Future<R>> runs = new ConcurrentHashMap<>();

  /** Plans none yet. */
  public PlannedRuns(Execution<S, R> execution) {
    this.execution = execution;
  }

  /** Adds runs behind those that are planned. */
  public void plan(List<S> setups) {
    planned.addAll(setups);
  }

  /** Waits for the end of a run, and throws what it threw. */
  public R of(S setup) throws Throwable {
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

  private Future<R> start(S setup) {
    return runs.computeIfAbsent(setup, s -> twoAtATime.submit(() -> execution.execute(s)));
  }
}
