package io.metricsagent.instrumentations.llm;

/** How the clients of a library tell the provider of their model. Stateless. */
public interface ProviderNames {
  /**
   * Returns {@code gen_ai.provider.name}.
   *
   * @param client the object that a request was made on
   */
  String of(Object client);
}
