package io.metricsagent.instrumentations.runs;

import io.metricsagent.instrumentations.events.Run;

/** Reads what a run is from the objects of a library. Stateless; contents are never read. */
public interface RunDecoder {
  /**
   * Returns what is run, such as {@code Assistant.chat}; {@code null} if the call begins no run.
   *
   * @param self the receiver, or {@code null}
   */
  String scenario(Object self, Object arg0, Object arg1, Object arg2);

  /** Returns the library's id of the conversation, or {@code null}. */
  default String conversation(Object self, Object arg0, Object arg1, Object arg2) {
    return null;
  }

  /**
   * Returns whether the method returns a publisher, or another object that does nothing until
   * somebody asks it to. Then the run begins later.
   */
  default boolean isDeferred(Object self, Object arg0, Object arg1, Object arg2) {
    return false;
  }

  /** Returns the library's id of the invocation, or {@code null}. */
  default String id(Object self, Object arg0, Object arg1, Object arg2) {
    return null;
  }

  /**
   * Returns the object that the library passes along with its work, also to other threads, or
   * {@code null}.
   */
  default Object passedAlong(Object self, Object arg0, Object arg1, Object arg2) {
    return null;
  }

  /**
   * The method has returned an object for later that is no publisher.
   *
   * @param scenario the scenario of the run that the object will begin
   */
  default void deferred(Object result, String scenario, String conversation) {}

  /**
   * Returns whether a result that is no publisher or future goes on with the run, which then ends
   * elsewhere.
   */
  default boolean goesOn(Object result, Run run) {
    return false;
  }
}
