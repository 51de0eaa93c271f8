package io.metricsagent.instrumentations.calls;

/**
 * The last request that ended within another one, such as that of a model behind a router. When one
 * more follows it under the same outer call, it turns out to be an attempt of its own: by the same
 * model it is a retry and part of the outer request, by another model a request of its own.
 *
 * <p>Belongs to one frame and is used again with it.
 */
public final class InnerRequest {
  public String provider;
  public String model;
  public String operation;
  public Throwable error;
  public long startNanos;
  public long endNanos;

  // Taken out of the outer request when another one begins.
  private boolean followed;
  private long inputTokens;
  private long outputTokens;
  private long cachedTokens;
  private int attempts;
  private int throttles;
  private long firstAttemptNanos;
  private long lastAttemptEndNanos;
  private long attemptsNanos;
  private long bodyNanos;

  /** Forgets the request. */
  public void clear() {
    provider = null;
    model = null;
    operation = null;
    error = null;
    endNanos = 0;
    followed = false;
  }

  /** Takes out time that just passed, as {@link Frame#leaveOut}. */
  public void leaveOut(long nanos) {
    if (endNanos == 0) {
      return;
    }
    startNanos += nanos;
    endNanos += nanos;
    firstAttemptNanos = Frame.later(firstAttemptNanos, nanos);
    lastAttemptEndNanos = Frame.later(lastAttemptEndNanos, nanos);
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
    inputTokens = outer.inputTokens;
    outputTokens = outer.outputTokens;
    cachedTokens = outer.cachedTokens;
    outer.inputTokens = Frame.UNKNOWN;
    outer.outputTokens = Frame.UNKNOWN;
    outer.cachedTokens = Frame.UNKNOWN;
    outer.usageKnown = false;
    Frame root = outer.root;
    attempts = root.attempts;
    throttles = root.throttles;
    firstAttemptNanos = root.firstAttemptNanos;
    lastAttemptEndNanos = root.lastAttemptEndNanos;
    attemptsNanos = root.attemptsNanos;
    bodyNanos = root.bodyNanos;
    root.attempts = 0;
    root.throttles = 0;
    root.firstAttemptNanos = 0;
    root.lastAttemptEndNanos = 0;
    root.attemptsNanos = 0;
    root.bodyNanos = 0;
  }

  /** Puts back what was taken: it was part of the same request. */
  public void giveBackTo(Frame outer) {
    followed = false;
    outer.addUsage(inputTokens, outputTokens, cachedTokens);
    Frame root = outer.root;
    root.attempts += attempts;
    root.throttles += throttles;
    root.firstAttemptNanos = firstAttemptNanos == 0 ? root.firstAttemptNanos : firstAttemptNanos;
    root.lastAttemptEndNanos = Math.max(root.lastAttemptEndNanos, lastAttemptEndNanos);
    root.attemptsNanos += attemptsNanos;
    root.bodyNanos += bodyNanos;
  }

  /** Makes {@code request}, the root of an operation, look as this one did when it ended. */
  public void copyTo(Frame request) {
    request.startNanos = startNanos;
    request.provider = provider;
    request.model = model;
    request.addUsage(inputTokens, outputTokens, cachedTokens);
    request.attempts = attempts;
    request.throttles = throttles;
    request.firstAttemptNanos = firstAttemptNanos;
    request.lastAttemptEndNanos = lastAttemptEndNanos;
    request.attemptsNanos = attemptsNanos;
    request.bodyNanos = bodyNanos;
  }
}
