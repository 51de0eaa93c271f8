package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.RunDecoder;
import io.metricsagent.instrumentations.runs.RunHandler;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Moment;
import io.metricsagent.instrumentations.user.values.Value;
import java.util.Arrays;
import java.util.List;

/** Names the runs of a method as its rule says; without a name in the rule, {@code Job.run}. */
final class RuleRuns implements RunDecoder {
  private final String method;
  private final Value scenario;

  RuleRuns(RunRule rule, String method) {
    this.method = ClassNames.simple(rule.type().name()) + '.' + method;
    scenario = Value.of(rule.scenario(), Moment.BEGIN, places(rule));
  }

  static ArgumentPlaces places(RunRule rule) {
    return ArgumentPlaces.of(Arrays.asList(rule.scenario()), List.of());
  }

  /** Returns the handler of a method of the user's own. */
  static SiteHandler handler(RunRule rule, String method, Telemetry telemetry) {
    return new RunHandler(new RuleRuns(rule, method), telemetry);
  }

  @Override
  public String scenario(Object self, Object arg0, Object arg1, Object arg2) {
    String said = scenario == null ? null : scenario.text(self, arg0, arg1, arg2);
    return said == null ? method : said;
  }
}
