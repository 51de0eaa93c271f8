package io.metricsagent.api;

import java.util.Map;

/**
 * A run under way. Without the agent, and where no runs are kept, all methods do nothing.
 * Thread-safe; no method throws.
 */
public interface AgentRun extends AutoCloseable {
  /** Returns the id of the run; an empty text if no runs are kept. */
  String id();

  /**
   * Records an event of the application's own.
   *
   * @param name the name of the event
   * @param data what the event says, in few short values; the map is copied. May be {@code null}
   */
  void record(String name, Map<String, ?> data);

  /**
   * Sets a number that describes the run, {@code run.metric}. A later value of the same name
   * replaces it; a run has at most 100 of them.
   */
  void set(String metric, double value);

  /**
   * Notes that the run has failed. The run still ends when it is closed.
   *
   * @param error the reason; only its class is kept
   */
  void failed(Throwable error);

  /** Ends the run, on the thread that began it or another one. Later calls change nothing. */
  @Override
  void close();
}
