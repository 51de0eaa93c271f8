package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of the keys of a rule or a group that are right. Not thread-safe. */
final class Fields {
  private final Origin place;
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, Origin> places = new HashMap<>();

  Fields(Origin place) {
    this.place = place;
  }

  void put(Key key, Object value, Origin valuePlace) {
    values.put(key.name(), value);
    places.put(key.name(), valuePlace);
  }

  /** Returns where the rule or the group begins. */
  Origin place() {
    return place;
  }

  /** Returns where the value of a key begins. */
  Origin place(String key) {
    return places.getOrDefault(key, place);
  }

  String text(String key) {
    return (String) values.get(key);
  }

  boolean flag(String key, boolean otherwise) {
    Boolean flag = (Boolean) values.get(key);
    return flag == null ? otherwise : flag;
  }

  /** Returns an expression, or {@code null}. */
  Expression expression(String key) {
    return (Expression) values.get(key);
  }

  /** Returns methods; none if the key is missing. */
  @SuppressWarnings("unchecked") // only FieldReader puts values
  List<MethodTarget> methods(String key) {
    return (List<MethodTarget>) values.getOrDefault(key, List.of());
  }

  /** Returns the values of a group, or {@code null}. */
  Fields group(String key) {
    return (Fields) values.get(key);
  }
}
