package io.metricsagent.instrumentations.libraries.googleadk;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.RunDecoder;
import io.metricsagent.instrumentations.runs.RunHandler;

/**
 * Reads the runs of a {@code Runner}: the scenario is the name of its agent, the conversation the
 * session. Stateless.
 */
final class RunnerRuns implements RunDecoder {
  private static final Accessor AGENT = Accessor.path("agent().name()");
  private static final Accessor ID = Accessor.path("id()");

  private RunnerRuns() {}

  /** Returns the handler of the methods that run an agent. */
  static SiteHandler handler(Telemetry telemetry) {
    return new RunHandler(new RunnerRuns(), telemetry);
  }

  @Override
  public String scenario(Object self, Object arg0, Object arg1, Object arg2) {
    return AGENT.read(self) instanceof String name && !name.isEmpty() ? name : "Runner.runAsync";
  }

  /** The arguments begin with the user and the session, with a key of both, or with a session. */
  @Override
  public String conversation(Object self, Object arg0, Object arg1, Object arg2) {
    Object id = arg0 instanceof String ? arg1 : ID.read(arg0);
    return id instanceof String session ? session : null;
  }

  @Override
  public boolean isDeferred(Object self, Object arg0, Object arg1, Object arg2) {
    return true;
  }
}
