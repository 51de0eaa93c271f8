package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.runs.RunDecoder;

/** Names the runs of a method that the settings name: {@code Job.run}. Immutable. */
final class UserRuns implements RunDecoder {
  private final String scenario;

  UserRuns(String type, String method) {
    String simple = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    scenario = simple + '.' + method;
  }

  @Override
  public String scenario(Object self, Object arg0, Object arg1, Object arg2) {
    return scenario;
  }
}
