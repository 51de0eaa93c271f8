package io.metricsagent.agent.config;

import java.util.ArrayList;
import java.util.List;

/** Lists what the agent goes by, in the order of the catalogue. Stateless. */
final class EffectiveSettings {
  private static final String DEFAULT = "default";

  /** The name of the process that asks, which another process would not have. */
  static final String DEFAULT_OF_PROCESS = "default (of this process)";

  private EffectiveSettings() {}

  static List<SettingValue> of(AgentConfig config, SettingReader reader, String workerOrigin) {
    List<SettingValue> settings = new ArrayList<>();
    for (SettingDefinition definition : SettingCatalogue.ALL) {
      if (definition.isPattern()) {
        settings.add(new SettingValue(definition.key(), definition.defaultText(), DEFAULT));
        addInstrumentations(config, reader, settings);
        continue;
      }
      SettingValue value = reader.value(definition.key());
      if (value == null) {
        settings.add(unset(definition, config, reader, workerOrigin));
      } else if (definition.key().equals("metrics.agent.exporters")) {
        settings.add(new SettingValue(value.key(), exporters(config), value.origin()));
      } else {
        String text = Masking.mask(definition, value.text());
        settings.add(new SettingValue(value.key(), text, value.origin()));
      }
    }
    return settings;
  }

  /** What runs, which may be less than what is listed. */
  private static String exporters(AgentConfig config) {
    return config.exporters().isEmpty() ? "none" : String.join(",", config.exporters());
  }

  private static void addInstrumentations(
      AgentConfig config, SettingReader reader, List<SettingValue> settings) {
    for (String name : config.instrumentations().keySet()) {
      String key = SettingCatalogue.instrumentationKey(name);
      SettingValue value = reader.value(key);
      settings.add(value == null ? new SettingValue(key, "true", DEFAULT) : value);
    }
  }

  private static SettingValue unset(
      SettingDefinition definition, AgentConfig config, SettingReader reader, String workerOrigin) {
    String key = definition.key();
    switch (key) {
      case "metrics.agent.exporters":
        return new SettingValue(key, exporters(config), DEFAULT);
      case "metrics.agent.interval":
        SettingValue otel = reader.value("otel.metric.export.interval");
        return otel == null
            ? new SettingValue(key, "60s", DEFAULT)
            : new SettingValue(key, config.intervalNanos() / 1_000_000 + "ms", otel.key());
      case "metrics.agent.worker.id":
        return new SettingValue(key, config.workerId(), workerOrigin);
      case "metrics.agent.statsd.host":
        StatsdConfig statsd = config.statsd();
        return new SettingValue(
            key,
            statsd.socket() == null ? statsd.host() : "unixstream://" + statsd.socket(),
            statsd.target());
      case "metrics.agent.statsd.port":
        return new SettingValue(
            key, Integer.toString(config.statsd().port()), config.statsd().target());
      case "otel.service.name":
        boolean attribute = config.otlp().resourceAttributes().containsKey("service.name");
        return new SettingValue(
            key, config.serviceName(), attribute ? "otel.resource.attributes" : DEFAULT_OF_PROCESS);
      case "otel.exporter.otlp.metrics.endpoint":
        boolean general = reader.value("otel.exporter.otlp.endpoint") != null;
        return new SettingValue(
            key,
            Masking.mask(definition, config.otlp().endpoint()),
            general ? "otel.exporter.otlp.endpoint" : DEFAULT);
      default:
        return new SettingValue(
            key, definition.defaultComputed() ? "none" : definition.defaultText(), DEFAULT);
    }
  }
}
