package io.metricsagent.agent.serve;

import java.io.IOException;

/** Answers the requests to some paths. Thread-safe. */
interface ApiRoute {
  /** Returns the one method that is allowed, such as {@code GET}. */
  String method();

  /** Returns the path for messages, such as {@code /session/<id>/end}. */
  String pattern();

  /** Returns whether this route answers a path. */
  boolean matches(String path);

  /** Returns the answer as JSON. */
  String answer(ApiRequest request) throws IOException, ApiException;
}
