package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.calls.ToolFrame;

/**
 * Reads the data of a tool call that is recorded from a library's objects. Stateless; arguments and
 * results of tools are never read.
 */
public interface ToolDecoder {
  /**
   * Returns the tool's name, or {@code null} at a layer that does not know it; such a layer counts
   * only within another layer that knows the name.
   *
   * @param executor the object that was called
   * @param request the first argument of the call
   */
  String name(Object executor, Object request);

  /** Returns the tool's name, given all arguments that are passed; see {@link #name}. */
  default String name(Object executor, Object arg0, Object arg1, Object arg2) {
    return name(executor, arg0);
  }

  /** A call begins: its frame is told what the call is for, if the rule says so. */
  default void begun(ToolFrame frame, Object executor, Object arg0, Object arg1, Object arg2) {
    // Most libraries do not say.
  }

  /** Returns what {@link #failure} needs of the arguments; {@code null} if nothing. */
  default Object kept(Object arg0, Object arg1, Object arg2) {
    return null;
  }

  /**
   * Returns the failure that the objects of a call that has ended tell; {@code null} if only the
   * exception and {@link #isFailure} tell it.
   *
   * @param kept what {@link #kept} has returned
   * @param result what the call has delivered at last, or {@code null}
   * @param thrown the exception that it has failed with, or {@code null}
   */
  default Throwable failure(Object executor, Object kept, Object result, Throwable thrown) {
    return null;
  }

  /**
   * Returns which of the method's arguments has the arguments of the call. It is not read here, and
   * is used only if content is on.
   */
  default Object arguments(Object arg0, Object arg1) {
    return arg0;
  }

  /**
   * Returns whether a call that returned normally has failed.
   *
   * @param innerFailure the last exception of an inner layer of the call, or {@code null}
   */
  boolean isFailure(Object result, Throwable innerFailure);

  /**
   * Returns whether a call has ended without running the tool, because it waits for a person's
   * approval.
   *
   * @param context the third argument of the method that runs the tool
   */
  default boolean isPending(Object context) {
    return false;
  }

  /**
   * Returns whether a result only says that the call continues elsewhere; the call is then counted
   * there.
   */
  default boolean goesOn(Object result) {
    return false;
  }

  /** Returns why a tool did not run, if the result says so, or {@code null}. */
  default Throwable refusal(Object result) {
    return null;
  }

  /**
   * Returns the error code of a failed call.
   *
   * @param error the exception of the call or of an inner layer, or {@code null}
   * @return {@code null} if the kind of failure is unknown
   */
  String errorCode(Throwable error);

  /**
   * Returns the name that counts a failed call: calls of tools that do not exist share one name.
   *
   * @param error as for {@link #errorCode}
   */
  default String countedAs(String name, Throwable error) {
    return name;
  }

  /**
   * Returns whether a call directly inside another one is an inner layer of the same call.
   *
   * @param outerExecutor the receiver of the outer call, or {@code null}
   */
  default boolean isSameTool(Object outerExecutor, String outerName, String name) {
    return name.equals(outerName);
  }

  /**
   * Returns the failure that an inner layer reports to the outer one, or {@code null} if it
   * succeeded.
   */
  default Throwable handedOut(Throwable failure) {
    return failure;
  }
}
