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
 * @param <S> the setup of a run
 * @param <R> the result of a run
 */
public final class PlannedRuns<S, R> {
  /** Runs an application to its end. */
  public interface Execution<S, R> {
    /** Returns the result of the run. */
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

  /** Makes an empty plan. */
  public PlannedRuns(Execution<S, R> execution) {
    this.execution = execution;
  }

  /** Adds runs behind the planned ones. */
  public void plan(List<S> setups) {
    planned.addAll(setups);
  }

  /** Waits for the end of a run and returns its result; throws the exception of a failed run. */
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
