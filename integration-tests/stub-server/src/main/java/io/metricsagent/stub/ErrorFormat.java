package io.metricsagent.stub;

/** The format in which an API reports errors. Stateless. */
interface ErrorFormat {
  /** Returns the body of an error. */
  default String error(String type, String message) {
    return StubServer.errorJson(type, message);
  }
}
