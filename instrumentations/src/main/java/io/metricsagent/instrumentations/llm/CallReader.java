package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.RequestFrame;

/**
 * A decoder that reads all objects of a call, for classes whose rule says where each value is. What
 * it states is recorded even if a measured client within the call knows something else. Stateless;
 * never throws, except for an exhausted JVM.
 */
public interface CallReader extends LlmDecoder {
  /** The method begins: states what is known by now, and keeps what is needed later. */
  void begun(RequestFrame frame, Object self, Object arg0, Object arg1, Object arg2);

  /**
   * The call has ended: states what is known now.
   *
   * @param result what the call has delivered at last, or {@code null}
   * @param thrown the exception that it has failed with, or {@code null}
   * @return the failure to record, which may differ from {@code thrown}; {@code null} if the call
   *     has succeeded
   */
  Throwable ended(RequestFrame frame, Object result, Throwable thrown);
}
