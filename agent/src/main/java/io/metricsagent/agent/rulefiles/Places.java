package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.user.model.Origin;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Where the methods and expressions of rules were written. Not thread-safe while rules are read.
 */
public final class Places {
  private final Map<Object, Origin> places = new IdentityHashMap<>();

  Places() {}

  void put(Object part, Origin place) {
    places.put(part, place);
  }

  /**
   * Returns where a part of a rule was written.
   *
   * @param part a {@code MethodTarget} or an {@code Expression} of a rule, the object itself
   * @param otherwise returned for any other object
   */
  public Origin of(Object part, Origin otherwise) {
    return places.getOrDefault(part, otherwise);
  }
}
