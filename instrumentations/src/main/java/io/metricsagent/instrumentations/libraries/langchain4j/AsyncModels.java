package io.metricsagent.instrumentations.libraries.langchain4j;

/** Special cases of models that return a future or a publisher, from 1.20 on. Stateless. */
final class AsyncModels {
  private static final String ROUTER = "dev.langchain4j.model.chat.router.Routing";

  private AsyncModels() {}

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
