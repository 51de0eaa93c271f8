package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Errors;

/** Special cases of models that return a future or a publisher, from 1.20 on. Stateless. */
final class AsyncModels {
  private static final String NOT_SUPPORTED =
      "dev.langchain4j.exception.AsyncNotSupportedException";
  private static final String ROUTER = "dev.langchain4j.model.chat.router.Routing";

  private AsyncModels() {}

  /** Returns whether an error comes from a default method, which sends no request. */
  static boolean saysNotSupported(Throwable error) {
    return Errors.unwrapped(error).getClass().getName().equals(NOT_SUPPORTED);
  }

  /**
   * Returns whether a model is one of the library's routers. A router chooses another model on any
   * thread and returns that model's answer.
   */
  static boolean isRouter(Object model) {
    for (Class<?> type = model.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith(ROUTER)) {
        return true;
      }
    }
    return false;
  }
}
