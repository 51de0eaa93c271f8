package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.UsageReader;

/**
 * An adapter that the settings name. Only its class and its method are known; a measured client
 * inside it may know more.
 *
 * @param type the class that the settings name; its simple name is kept
 */
record UserAdapterDecoder(String type, String method) implements LlmDecoder {
  private static final UsageReader USAGE = new NoUsage();

  UserAdapterDecoder {
    type = ClassNames.simple(type);
  }

  @Override
  public String operation() {
    return method;
  }

  @Override
  public String provider(Object client) {
    return ClassNames.of(client, type);
  }

  @Override
  public String requestModel(Object client, Object request) {
    return null;
  }

  @Override
  public String responseModel(Object response) {
    return null;
  }

  @Override
  public UsageReader usage() {
    return USAGE;
  }
}
