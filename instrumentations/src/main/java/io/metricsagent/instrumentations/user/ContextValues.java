package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Moment;
import io.metricsagent.instrumentations.user.values.Value;
import java.util.Map;

/** What a rule says that its calls are for, read when a call begins. Immutable. */
final class ContextValues {
  private static final ContextField[] FIELDS = ContextField.values();

  /** By the field's ordinal; {@code null} where the rule says nothing, as is the whole array. */
  private final Value[] values;

  ContextValues(Map<ContextField, Expression> context, ArgumentPlaces places) {
    values = context.isEmpty() ? null : new Value[FIELDS.length];
    context.forEach(
        (field, expression) ->
            values[field.ordinal()] = Value.of(expression, Moment.BEGIN, places));
  }

  /** Tells the frame of a call that has begun. A value that cannot be read is not told. */
  void tell(Frame frame, Object self, Object arg0, Object arg1, Object arg2) {
    if (values == null) {
      return;
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        frame.says(FIELDS[i], values[i].text(self, arg0, arg1, arg2));
      }
    }
  }
}
