package io.metricsagent.instrumentations.libraries.sqs;

import java.util.function.BiFunction;

/** A call of a client until its answer, which may come on another thread. */
abstract class Call implements BiFunction<Object, Throwable, Object> {
  /**
   * SQS has answered.
   *
   * @return what the application gets: the response or one of its type
   */
  abstract Object answered(Object response);

  /** The request has failed. */
  void failed(Throwable error) {}

  @Override
  public final Object apply(Object response, Throwable error) {
    if (error != null) {
      failed(error);
      return null;
    }
    return response == null ? null : answered(response);
  }
}
