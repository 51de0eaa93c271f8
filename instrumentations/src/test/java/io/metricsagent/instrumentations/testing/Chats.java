package io.metricsagent.instrumentations.testing;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.UsagePaths;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Requests to one model, whose answers have {@code usage().in()}, {@code out()} and {@code
 * cached()}.
 */
public class Chats implements LlmDecoder {
  private final String provider;
  private final String model;

  /** Makes a decoder that returns this provider and this model for every request. */
  public Chats(String provider, String model) {
    this.provider = provider;
    this.model = model;
  }

  /** Returns a registry in which nothing is recorded. */
  public static Registry registry() {
    return new Registry(
        new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test"),
        Clock.systemUTC(),
        () -> {});
  }

  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider(Object client) {
    return provider;
  }

  @Override
  public String requestModel(Object client, Object request) {
    return model;
  }

  @Override
  public String responseModel(Object response) {
    return null;
  }

  @Override
  public UsageReader usage() {
    return new UsagePaths("usage()", List.of("in()"), List.of("out()"), "cached()");
  }
}
