package io.metricsagent.agent.config;

/**
 * Reads the text behind {@code -javaagent:metrics-agent.jar=}.
 *
 * <p>A comma separates settings as well as the items of a list, so a part without {@code =}
 * continues the value before it: {@code exporters=otlp,statsd,interval=5s} are two settings. A
 * value such as that of the resource attributes holds {@code key=value} parts itself: a part behind
 * it belongs to it, unless the part's key is a setting of the agent. So {@code
 * otel.resource.attributes=a=b,c=d,interval=5s} are two settings too.
 */
final class AgentArguments {
  private static final String ORIGIN = "agent argument";

  private AgentArguments() {}

  static void read(String arguments, SettingSources sources) {
    String name = null;
    String value = null;
    for (String part : TextLists.split(arguments, ',')) {
      int equals = part.indexOf('=');
      if (equals > 0 && startsSetting(part.substring(0, equals).trim(), name)) {
        accept(name, value, sources);
        name = part.substring(0, equals).trim();
        value = part.substring(equals + 1).trim();
      } else if (name == null) {
        sources.problem(
            "agent argument \"" + part + "\" is not key=value, such as exporters=otlp. Ignored.");
      } else {
        value = value.isEmpty() ? part : value.concat(",").concat(part);
      }
    }
    accept(name, value, sources);
  }

  private static boolean startsSetting(String name, String previous) {
    Setting open = previous == null ? null : SettingCatalogue.find(key(previous));
    return open == null || !open.type().isPairs() || SettingCatalogue.find(key(name)) != null;
  }

  private static void accept(String name, String value, SettingSources sources) {
    if (name == null) {
      return;
    }
    String key = key(name);
    if (SettingCatalogue.find(key) != null) {
      sources.put(key, value, ORIGIN);
    } else {
      String nearest = SettingCatalogue.nearest(key);
      if (nearest != null && !key.equals(name) && nearest.startsWith(SettingCatalogue.PREFIX)) {
        nearest = nearest.substring(SettingCatalogue.PREFIX.length());
      }
      sources.unknown(name, ORIGIN, nearest);
    }
  }

  /** Returns the full key of a name that may lack the prefix {@code metrics.agent.}. */
  private static String key(String name) {
    return name.startsWith(SettingCatalogue.PREFIX) || name.startsWith(SettingCatalogue.OTEL_PREFIX)
        ? name
        : SettingCatalogue.PREFIX.concat(name);
  }
}
