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
  /** The fields that the rule says. */
  private final ContextField[] fields;

  /** Their values, in the same order. */
  private final Value[] values;

  ContextValues(Map<ContextField, Expression> context, ArgumentPlaces places) {
    fields = context.keySet().toArray(new ContextField[0]);
    values = new Value[fields.length];
    for (int i = 0; i < fields.length; i++) {
      values[i] = Value.of(context.get(fields[i]), Moment.BEGIN, places);
    }
  }

  /** Tells the frame of a call that has begun. A value that cannot be read is not told. */
  void tell(Frame frame, Object self, Object arg0, Object arg1, Object arg2) {
    for (int i = 0; i < fields.length; i++) {
      frame.says(fields[i], values[i].text(self, arg0, arg1, arg2));
    }
  }
}
