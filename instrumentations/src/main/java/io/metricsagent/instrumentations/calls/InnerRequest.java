package io.metricsagent.instrumentations.calls;

/**
 * The last request that ended within another one, such as that of a model behind a router. When one
 * more follows it under the same outer call, the earlier one turns out to be an attempt of its own:
 * by the same model it is a retry and part of the outer request, by another model a request of its
 * own.
 *
 * <p>Belongs to one frame and is used again with it. Not thread-safe.
 */
public final class InnerRequest {
  private final RequestFacts facts = new RequestFacts();
  private String operation;
  private Throwable error;
  private long startNanos;

  /** When the request ended; 0 if there is none. */
  private long endNanos;

  /** Whether another request began since, and this one took what the outer one knew. */
  private boolean followed;

  InnerRequest() {}

  /**
   * Remembers a request that ended.
   *
   * @param newError what it failed with, or {@code null}
   */
  public void remember(
      String provider,
      String model,
      String newOperation,
      Throwable newError,
      long newStartNanos,
      long newEndNanos) {
    facts.forgetNames();
    facts.learnProvider(provider);
    facts.learnModel(model);
    operation = newOperation;
    error = newError;
    startNanos = newStartNanos;
    endNanos = newEndNanos;
  }

  /** Returns what is known of the request; tokens and attempts only once it is followed. */
  public RequestFacts facts() {
    return facts;
  }

  /** Returns what kind of request it was. */
  public String operation() {
    return operation;
  }

  /** Returns what it failed with, or {@code null}. */
  public Throwable error() {
    return error;
  }

  /** Returns when it began, by {@link System#nanoTime}. */
  public long startNanos() {
    return startNanos;
  }

  /** Returns when it ended, by {@link System#nanoTime}. */
  public long endNanos() {
    return endNanos;
  }

  /** Forgets the request. */
  public void clear() {
    facts.forgetNames();
    operation = null;
    error = null;
    endNanos = 0;
    followed = false;
  }

  void leaveOut(long nanos) {
    if (endNanos != 0) {
      startNanos += nanos;
      endNanos += nanos;
      facts.attempts().leaveOut(nanos);
    }
  }

  /** Returns whether another request began since. */
  public boolean isFollowed() {
    return followed;
  }

  /** Returns whether a later request was the same one tried again; unknown names match any. */
  public boolean isRetriedBy(String laterProvider, String laterModel, String laterOperation) {
    return same(facts.provider(), laterProvider)
        && same(facts.model(), laterModel)
        && same(operation, laterOperation);
  }

  private static boolean same(String a, String b) {
    return a == null || b == null || a.equals(b);
  }

  /** Another request begins within {@code outer}: this one takes the tokens and attempts so far. */
  void anotherBegins(RequestFrame outer) {
    if (endNanos == 0 || followed) {
      return;
    }
    followed = true;
    facts.tokens().takeFrom(outer.facts().tokens());
    facts.attempts().copy(outer.attempts());
    outer.attempts().forget();
  }

  /** Gives {@code outer} back what this one took: both are the same request. */
  public void giveBackTo(RequestFrame outer) {
    followed = false;
    outer.facts().tokens().add(facts.tokens());
    outer.attempts().addEarlier(facts.attempts());
  }
}
