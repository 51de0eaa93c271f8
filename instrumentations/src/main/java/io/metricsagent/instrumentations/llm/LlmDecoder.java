package io.metricsagent.instrumentations.llm;

/**
 * Where a library keeps what is recorded of a request. Values that a library does not give are
 * {@code null} or -1.
 *
 * <p>Implementations are stateless and read metadata only, never prompts or completions.
 */
public interface LlmDecoder {
  /** Returns {@code gen_ai.operation.name}. */
  String operation();

  /** Returns {@code gen_ai.operation.name} where a client's one method is for several. */
  default String operation(Object request) {
    return operation();
  }

  /**
   * Returns {@code gen_ai.provider.name}.
   *
   * @param client the object that the request was made on
   */
  String provider(Object client);

  /** Returns the model that was asked for. */
  String requestModel(Object client, Object request);

  /** Returns the model that answered. */
  String responseModel(Object response);

  /** Returns how to read the tokens of a response. */
  UsageReader usage();

  /** Returns whether an error says that no model was asked, for the client has no such method. */
  default boolean saysNotAsked(Throwable error) {
    return false;
  }
}
