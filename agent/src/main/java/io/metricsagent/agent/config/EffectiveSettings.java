package io.metricsagent.agent.config;

import io.metricsagent.exporters.statsd.StatsdSettings;
import java.util.ArrayList;
import java.util.List;

/** Lists all settings with their effective values, in the order of the catalogue. Stateless. */
final class EffectiveSettings {
  private static final String DEFAULT = "default";

  /** The origin of a value that is computed from this process, and differs in another one. */
  static final String DEFAULT_OF_PROCESS = "default (of this process)";

  private EffectiveSettings() {}

  static List<SettingValue> of(AgentConfig config, SettingReader reader, String workerOrigin) {
    List<SettingValue> settings = new ArrayList<>();
    for (Setting setting : SettingCatalogue.all()) {
      if (setting.isPattern()) {
        settings.add(new SettingValue(setting.key(), setting.defaultText(), DEFAULT));
        addInstrumentations(config, reader, settings);
        continue;
      }
      SettingValue value = reader.value(setting);
      if (value == null) {
        settings.add(unset(setting, config, reader, workerOrigin));
      } else if (setting.is(AgentSettings.EXPORTERS)) {
        settings.add(new SettingValue(value.key(), exporters(config), value.origin()));
      } else {
        String text = Masking.mask(setting, value.text());
        settings.add(new SettingValue(value.key(), text, value.origin()));
      }
      addFormForLogs(setting, reader, settings);
    }
    return settings;
  }

  /** Returns the exporters that run; {@code metrics.agent.exporters} may list more. */
  private static String exporters(AgentConfig config) {
    return config.exporters().isEmpty() ? "none" : String.join(",", config.exporters());
  }

  private static void addFormForLogs(
      Setting setting, SettingReader reader, List<SettingValue> settings) {
    if (setting.signalKey() != null) {
      Setting ofLogs = setting.ofLogs();
      SettingValue value = reader.value(ofLogs);
      if (value != null && value.key().equals(ofLogs.signalKey())) {
        String text = Masking.mask(setting, value.text());
        settings.add(new SettingValue(value.key(), text, value.origin()));
      }
    }
  }

  private static void addInstrumentations(
      AgentConfig config, SettingReader reader, List<SettingValue> settings) {
    for (String name : config.instrumentations().keySet()) {
      Setting setting = SettingCatalogue.instrumentation(name);
      SettingValue value = reader.value(setting);
      settings.add(value == null ? new SettingValue(setting.key(), "true", DEFAULT) : value);
    }
  }

  private static SettingValue unset(
      Setting setting, AgentConfig config, SettingReader reader, String workerOrigin) {
    String text = setting.defaultText().replace("`", "");
    String origin = DEFAULT;
    if (setting.is(AgentSettings.EXPORTERS)) {
      text = exporters(config);
    } else if (setting.is(AgentSettings.INTERVAL)) {
      SettingValue other = reader.value(OpenTelemetrySettings.EXPORT_INTERVAL);
      text = other == null ? "60s" : config.intervalNanos() / 1_000_000 + "ms";
      origin = other == null ? DEFAULT : other.key();
    } else if (setting.is(AgentSettings.WORKER_ID)) {
      text = config.workerId();
      origin = workerOrigin;
    } else if (setting.is(ExporterSettings.STATSD_HOST)) {
      StatsdSettings statsd = config.statsd();
      text = statsd.socket() == null ? statsd.host() : "unixstream://" + statsd.socket();
      origin = config.statsdTarget();
    } else if (setting.is(ExporterSettings.STATSD_PORT)) {
      text = Integer.toString(config.statsd().port());
      origin = config.statsdTarget();
    } else if (setting.is(OpenTelemetrySettings.SERVICE_NAME)) {
      boolean attribute = config.otlp().resourceAttributes().containsKey("service.name");
      text = config.serviceName();
      origin = attribute ? OpenTelemetrySettings.RESOURCE_ATTRIBUTES.key() : DEFAULT_OF_PROCESS;
    } else if (setting.is(OpenTelemetrySettings.METRICS_ENDPOINT)) {
      Setting general = OpenTelemetrySettings.ENDPOINT;
      text = Masking.mask(setting, config.otlp().endpoint().toString());
      origin = reader.value(general) == null ? DEFAULT : general.key();
    } else if (setting.is(OpenTelemetrySettings.LOGS_ENDPOINT) && config.sessionLogs() != null) {
      Setting general = OpenTelemetrySettings.ENDPOINT;
      text = Masking.mask(setting, config.sessionLogs().endpoint().toString());
      origin = reader.value(general) == null ? DEFAULT : general.key();
    }
    return new SettingValue(setting.key(), text, origin);
  }
}
