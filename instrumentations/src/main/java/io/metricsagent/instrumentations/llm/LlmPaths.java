package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;

/**
 * A decoder that consists of paths only; values without a path are unknown. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * LlmPaths.of("chat", new Providers("provider()"), new UsagePaths(…))
 *     .requestModelAt("parameters().modelName()")
 *     .responseModelAt("metadata().modelName()")
 *     .usage(new UsagePaths(…))
 * }</pre>
 *
 * @param requestModel path from the request to the requested model
 * @param clientModel path from the client to its model, for requests that name no model
 * @param responseModel path from the response to the model that answered
 * @param placeholder the name that the library gives to models without a name, or {@code null}
 * @param notAsked the class of errors that mean that no model was asked, or {@code null}
 */
public record LlmPaths(
    String operation,
    ProviderNames providers,
    Accessor requestModel,
    Accessor clientModel,
    Accessor responseModel,
    UsageReader usage,
    String placeholder,
    String notAsked)
    implements LlmDecoder {

  /**
   * Returns a decoder without paths to models.
   *
   * @param usage reads the tokens of a response
   */
  public static LlmPaths of(String operation, ProviderNames providers, UsageReader usage) {
    return new LlmPaths(operation, providers, null, null, null, usage, null, null);
  }

  /** Returns this decoder with the path from a request to its model. */
  public LlmPaths requestModelAt(String path) {
    return new LlmPaths(
        operation,
        providers,
        Accessor.path(path),
        clientModel,
        responseModel,
        usage,
        placeholder,
        notAsked);
  }

  /** Returns this decoder with the path from a client to its model. */
  public LlmPaths clientModelAt(String path) {
    return new LlmPaths(
        operation,
        providers,
        requestModel,
        Accessor.path(path),
        responseModel,
        usage,
        placeholder,
        notAsked);
  }

  /** Returns this decoder with the path from a response to its model. */
  public LlmPaths responseModelAt(String path) {
    return new LlmPaths(
        operation,
        providers,
        requestModel,
        clientModel,
        Accessor.path(path),
        usage,
        placeholder,
        notAsked);
  }

  /** Returns this decoder for a library that gives {@code name} to models without a name. */
  public LlmPaths placeholder(String name) {
    return new LlmPaths(
        operation, providers, requestModel, clientModel, responseModel, usage, name, notAsked);
  }

  /**
   * Returns this decoder for clients that throw errors of class {@code errorClass} without asking a
   * model.
   */
  public LlmPaths notAsked(String errorClass) {
    return new LlmPaths(
        operation,
        providers,
        requestModel,
        clientModel,
        responseModel,
        usage,
        placeholder,
        errorClass);
  }

  @Override
  public String provider(Object client) {
    return providers.of(client);
  }

  @Override
  public String requestModel(Object client, Object request) {
    String model = model(requestModel, request);
    return model == null ? model(clientModel, client) : model;
  }

  @Override
  public String responseModel(Object response) {
    return model(responseModel, response);
  }

  private String model(Accessor path, Object from) {
    String model = path == null ? null : path.readString(from);
    return model == null || model.equals(placeholder) ? null : model;
  }

  @Override
  public boolean saysNotAsked(Throwable error) {
    return notAsked != null && Errors.unwrapped(error).getClass().getName().equals(notAsked);
  }
}
