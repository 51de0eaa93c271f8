package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.user.model.Origin;
import java.util.ArrayList;
import java.util.List;

/** Collects problems in the order in which they are found. Not thread-safe. */
final class Problems {
  private final List<Problem> all = new ArrayList<>();

  void add(Origin place, String message) {
    all.add(new Problem(place, message));
  }

  /** Returns how many there are. */
  int count() {
    return all.size();
  }

  List<Problem> all() {
    return all;
  }
}
