package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;
import io.metricsagent.instrumentations.access.PublicMembers;
import io.metricsagent.instrumentations.user.values.Expression.Step;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The getters of one step of a path. */
final class StepGetters extends Getters {
  private static final MethodHandle ENTRY = own("entry", Map.class, String.class);
  private static final MethodHandle LIST_ELEMENT = own("element", List.class, int.class);
  private static final MethodHandle ARRAY_ELEMENT = own("arrayElement", Object.class, int.class);

  private final Step step;

  private StepGetters(Step step) {
    this.step = step;
  }

  /**
   * Returns the getters of a step.
   *
   * @throws IllegalArgumentException if the step is {@code [*]}, which has many values
   */
  static Getters of(Step step) {
    if (step instanceof Step.Each) {
      throw new IllegalArgumentException("[*] is of messages only");
    }
    return new StepGetters(step);
  }

  @Override
  protected MethodHandle find(Class<?> type) {
    if (step instanceof Step.Property property) {
      return property(type, property.name());
    }
    if (step instanceof Step.Call call) {
      return PublicMembers.ownMethod(type, call.method());
    }
    if (step instanceof Step.Key key) {
      return entry(type, key.key());
    }
    return step instanceof Step.Index index ? element(type, index.index()) : null;
  }

  /** The order is that of {@link Step.Property}. */
  private static MethodHandle property(Class<?> type, String name) {
    MethodHandle found = PublicMembers.ownMethod(type, name);
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    found = found == null ? PublicMembers.ownMethod(type, "get" + capital) : found;
    found = found == null ? PublicMembers.ownMethod(type, "is" + capital) : found;
    found = found == null ? PublicMembers.ownField(type, name) : found;
    return found == null ? entry(type, name) : found;
  }

  private static MethodHandle entry(Class<?> type, String key) {
    return Map.class.isAssignableFrom(type) ? MethodHandles.insertArguments(ENTRY, 1, key) : null;
  }

  private static MethodHandle element(Class<?> type, int index) {
    if (type.isArray()) {
      return MethodHandles.insertArguments(ARRAY_ELEMENT, 1, index);
    }
    return List.class.isAssignableFrom(type)
        ? MethodHandles.insertArguments(LIST_ELEMENT, 1, index)
        : null;
  }

  private static Object entry(Map<?, ?> map, String key) {
    return map.get(key);
  }

  private static Object element(List<?> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  private static Object arrayElement(Object array, int index) {
    return index < Array.getLength(array) ? Array.get(array, index) : null;
  }

  private static MethodHandle own(String method, Class<?> from, Class<?> by) {
    try {
      return MethodHandles.lookup()
          .findStatic(StepGetters.class, method, MethodType.methodType(Object.class, from, by));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
