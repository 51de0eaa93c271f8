package io.metricsagent.instrumentations.llm;

/**
 * Reads the metadata of a request from a library's objects. Values that a library does not provide
 * are {@code null} or -1.
 *
 * <p>Implementations are stateless and read metadata only, never prompts or completions.
 */
public interface LlmDecoder {
  /** Returns {@code gen_ai.operation.name}. */
  String operation();

  /**
   * Returns {@code gen_ai.operation.name} of a request, for clients with one method for several
   * operations.
   */
  default String operation(Object request) {
    return operation();
  }

  /**
   * Returns {@code gen_ai.provider.name}.
   *
   * @param client the object that the request was made on
   */
  String provider(Object client);

  /** Returns the requested model, or {@code null}. */
  String requestModel(Object client, Object request);

  /**
   * Returns which of a call's arguments has the prompt. The argument itself is not read here, and
   * is used only if content is on.
   */
  default Object content(Object arg0, Object arg1) {
    return arg0;
  }

  /** Returns the model that answered, or {@code null}. */
  String responseModel(Object response);

  /** Returns the reader of a response's tokens. */
  UsageReader usage();

  /**
   * Returns whether an error means that no model was asked, because the client does not support the
   * method.
   */
  default boolean saysNotAsked(Throwable error) {
    return false;
  }
}
