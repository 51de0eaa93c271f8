package io.metricsagent.stub;

/** How an API says that something went wrong. Stateless. */
interface ErrorFormat {
  /** Returns the body of an error. */
  default String error(String type, String message) {
    return StubServer.errorJson(type, message);
  }
}
