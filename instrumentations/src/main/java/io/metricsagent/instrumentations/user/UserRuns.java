package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.RunDecoder;
import io.metricsagent.instrumentations.runs.RunHandler;

/** Names the runs of a method that the settings name: {@code Job.run}. Immutable. */
final class UserRuns implements RunDecoder {
  private final String scenario;

  private UserRuns(String type, String method) {
    String simple = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    scenario = simple + '.' + method;
  }

  /** Returns the handler of a method of the user's own. */
  static SiteHandler handler(String type, String method, Telemetry telemetry) {
    return new RunHandler(new UserRuns(type, method), telemetry);
  }

  @Override
  public String scenario(Object self, Object arg0, Object arg1, Object arg2) {
    return scenario;
  }
}
