package io.metricsagent.instrumentations.llm;

/** Finds the provider of a client's model. Stateless. */
public interface ProviderNames {
  /**
   * Returns {@code gen_ai.provider.name}.
   *
   * @param client the object that a request was made on
   */
  String of(Object client);
}
