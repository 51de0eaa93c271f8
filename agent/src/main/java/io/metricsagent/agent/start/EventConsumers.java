package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.RunSettings;
import io.metricsagent.agent.config.SessionSettings;
import io.metricsagent.agent.gauges.RunGauges;
import io.metricsagent.agent.runs.RunFile;
import io.metricsagent.agent.runs.RunsPath;
import io.metricsagent.agent.sessions.recorder.SessionRecorder;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.events.EventConsumer;
import io.metricsagent.instrumentations.events.EventSettings;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.RunSampling;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the event stream with those consumers that are switched on; loaded only if there are any.
 * Stateless.
 */
final class EventConsumers {
  private EventConsumers() {}

  /**
   * Makes the stream, if the settings say that events are kept.
   *
   * @param registry gets the points that a consumer makes
   * @param contexts reads what the application says that a run is for
   */
  static EventStream stream(
      AgentConfig config, long startEpochMillis, Registry registry, CallContexts contexts) {
    List<EventConsumer> consumers = new ArrayList<>();
    RunSettings runs = config.runs();
    if (runs.enabled()) {
      addRunFile(consumers, config);
    }
    SessionSettings sessions = config.sessions();
    if (config.rollups() != null) {
      consumers.add(RollupRecording.of(config));
    }
    if (runs.gauges() != null) {
      RunGauges gauges = new RunGauges(runs.gauges());
      consumers.add(gauges);
      registry.points(gauges);
    }
    if (sessions.enabled()) { // the last one, because its files take longest when the JVM ends
      SessionLogSink logs = config.sessionLogs() == null ? null : new SessionLogSink(config);
      consumers.add(new SessionRecorder(sessions, config.workerId(), logs));
    }
    return EventStream.to(
        consumers,
        new EventSettings(
            runs.scenario(),
            new RunSampling(sessions.enabled() ? sessions.sampleRate() : 0),
            sessions.enabled() && sessions.content(),
            startEpochMillis,
            contexts,
            runs.sessionId()));
  }

  private static void addRunFile(List<EventConsumer> consumers, AgentConfig config) {
    String path = RunsPath.ofProcess(config.runs().path(), config.directory());
    if (!RunsPath.isNoFile(path)) {
      String id = config.runs().areNamedByWorker() ? config.workerId() : null;
      consumers.add(new RunFile(new File(path), id));
    }
  }
}
