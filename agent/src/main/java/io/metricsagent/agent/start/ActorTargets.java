package io.metricsagent.agent.start;

import io.metricsagent.bootstrap.targets.TargetNames;
import io.metricsagent.instrumentations.libraries.pekko.PekkoModule;
import io.metricsagent.instrumentations.rules.SiteTable;

/** Adds the targets of actors. Loaded only if the setting says so. Stateless. */
final class ActorTargets {
  private ActorTargets() {}

  static void add(TargetNames targets, SiteTable sites) {
    UserTargets.add(new PekkoModule(), targets, sites);
  }
}
