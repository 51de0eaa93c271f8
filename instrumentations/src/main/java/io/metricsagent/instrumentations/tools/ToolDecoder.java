package io.metricsagent.instrumentations.tools;

/**
 * Where a library keeps what is recorded of a tool call. Stateless; arguments and results of tools
 * are never read.
 */
public interface ToolDecoder {
  /**
   * Returns the tool's name; {@code null} at a layer that does not know it, which counts only
   * within one that does.
   *
   * @param executor the object that was called
   * @param request its first argument
   */
  String name(Object executor, Object request);

  /**
   * Returns whether a call that returned normally failed all the same.
   *
   * @param innerFailure what an inner layer of the call threw last, or {@code null}
   */
  boolean isFailure(Object result, Throwable innerFailure);

  /**
   * Returns whether a call that ended has not run: it waits for somebody's consent.
   *
   * @param context the third argument of the method that runs the tool
   */
  default boolean isPending(Object context) {
    return false;
  }

  /**
   * Returns whether a result only says that the call goes on elsewhere, where it is counted when it
   * ends.
   */
  default boolean goesOn(Object result) {
    return false;
  }

  /** Returns why a tool did not run, if a result that came in its place says so, or null. */
  default Throwable refusal(Object result) {
    return null;
  }

  /**
   * Returns the error code of a failed call.
   *
   * @param error what was thrown, on the outside or within, or {@code null}
   * @return {@code null} when the failure says nothing of its kind
   */
  String errorCode(Throwable error);

  /**
   * Returns the name that a failed call counts under: calls of tools that do not exist share one.
   *
   * @param error as for {@link #errorCode}
   */
  default String countedAs(String name, Throwable error) {
    return name;
  }

  /**
   * Returns whether a call right inside another one is the same call, seen by an inner layer.
   *
   * @param outerExecutor the object that the outer call was made on, or {@code null}
   */
  default boolean isSameTool(Object outerExecutor, String outerName, String name) {
    return name.equals(outerName);
  }

  /** Returns what an inner layer tells the outer one of its failure, or of none. */
  default Throwable handedOut(Throwable failure) {
    return failure;
  }
}
