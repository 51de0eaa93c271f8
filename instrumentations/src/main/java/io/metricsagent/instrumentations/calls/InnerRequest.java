package io.metricsagent.instrumentations.calls;

/**
 * The last request that ended within another one, such as that of a model behind a router. When one
 * more follows it under the same outer call, it turns out to be an attempt of its own: by the same
 * model it is a retry and part of the outer request, by another model a request of its own.
 *
 * <p>Belongs to one frame and is used again with it.
 */
public final class InnerRequest extends RequestFacts {
  private String operation;
  private Throwable error;
  private long endNanos;

  /** Whether another request began since, and this one took what the outer one knew. */
  private boolean followed;

  /**
   * Remembers a request that ended.
   *
   * @param newError what it failed with, or {@code null}
   */
  public void remember(
      String newProvider,
      String newModel,
      String newOperation,
      Throwable newError,
      long newStartNanos,
      long newEndNanos) {
    provider = newProvider;
    model = newModel;
    operation = newOperation;
    error = newError;
    startNanos = newStartNanos;
    endNanos = newEndNanos;
  }

  /** Returns what kind of request it was. */
  public String operation() {
    return operation;
  }

  /** Returns what it failed with, or {@code null}. */
  public Throwable error() {
    return error;
  }

  /** Returns when it ended. */
  public long endNanos() {
    return endNanos;
  }

  /** Forgets the request. */
  public void clear() {
    provider = null;
    model = null;
    operation = null;
    error = null;
    endNanos = 0;
    followed = false;
  }

  @Override
  void leaveOut(long nanos) {
    if (endNanos != 0) {
      super.leaveOut(nanos);
      endNanos += nanos;
    }
  }

  /** Another request begins below {@code outer}. */
  public static void anotherBegins(Frame outer) {
    InnerRequest last = outer.inner;
    if (last != null && last.endNanos != 0 && !last.followed) {
      last.takeFrom(outer);
    }
  }

  /** Returns whether another one began since. */
  public boolean isFollowed() {
    return followed;
  }

  /** Returns whether a later request was the same one tried again; what is not known is no hint. */
  public boolean isRetriedBy(String laterProvider, String laterModel, String laterOperation) {
    return same(provider, laterProvider)
        && same(model, laterModel)
        && same(operation, laterOperation);
  }

  private static boolean same(String a, String b) {
    return a == null || b == null || a.equals(b);
  }

  private void takeFrom(Frame outer) {
    followed = true;
    takeTokens(outer);
    copyAttempts(outer.root);
    outer.root.forgetAttempts();
  }

  /** Puts back what was taken: it was part of the same request. */
  public void giveBackTo(Frame outer) {
    followed = false;
    outer.addUsage(inputTokens, outputTokens, cachedTokens);
    outer.root.addAttempts(this);
  }

  /** Makes {@code request}, the root of an operation, look as this one did when it ended. */
  public void copyTo(Frame request) {
    request.startNanos = startNanos;
    request.provider = provider;
    request.model = model;
    request.addUsage(inputTokens, outputTokens, cachedTokens);
    request.copyAttempts(this);
  }
}
