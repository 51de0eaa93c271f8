package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.otlp.ProcessResource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The resource of everything that this process sends over OTLP. Stateless. */
final class OtlpResource {
  private OtlpResource() {}

  /** Returns the settings with the whole resource: what the process shows and the user has set. */
  static OtlpSettings in(OtlpSettings settings, AgentConfig config) {
    Map<String, String> resource = new LinkedHashMap<>(ProcessResource.detect());
    resource.put("service.instance.id", config.workerId());
    resource.putAll(settings.resourceAttributes());
    resource.put("service.name", config.serviceName());
    return settings.withResourceAttributes(resource);
  }
}
