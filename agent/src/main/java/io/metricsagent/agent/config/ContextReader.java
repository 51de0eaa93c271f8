package io.metricsagent.agent.config;

import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.context.ContextKeys;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads under which keys an application says what a call is for. Stateless. */
final class ContextReader {
  private ContextReader() {}

  /** Returns {@code null} if nothing of that kind is read. */
  static ContextKeys read(SettingReader reader) {
    if (!reader.bool(AgentSettings.CONTEXT_ENABLED)) {
      return null;
    }
    Map<ContextField, String> renamed = new EnumMap<>(ContextField.class);
    SettingValue value = reader.value(AgentSettings.CONTEXT_KEYS);
    for (Map.Entry<String, String> pair : reader.pairs(AgentSettings.CONTEXT_KEYS).entrySet()) {
      ContextField field = ContextField.of(pair.getKey());
      if (field == null) {
        reader.problem(unknown(value, pair.getKey()));
      } else {
        renamed.put(field, pair.getValue());
      }
    }
    return ContextKeys.of(renamed);
  }

  private static String unknown(SettingValue value, String name) {
    List<String> names = new ArrayList<>();
    for (ContextField field : ContextField.values()) {
      names.add(field.key());
    }
    String nearest = NearestName.of(name, names);
    StringBuilder message = new StringBuilder(value.key());
    message.append(" (").append(value.origin()).append("): there is no field ").append(name);
    if (nearest != null) {
      message.append("; did you mean ").append(nearest).append('?');
    }
    message.append(" Write field=key, where the field is one of ").append(TextLists.join(names));
    return message.append(". This entry is ignored.").toString();
  }
}
