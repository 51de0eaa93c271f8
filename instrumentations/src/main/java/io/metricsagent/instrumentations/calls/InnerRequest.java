package io.metricsagent.instrumentations.calls;

/**
 * The last request that ended within an outer request, such as the request of a model behind a
 * router. Only a later request under the same outer call shows what the earlier one was: if both
 * ask the same model, the earlier one was a retry and is part of the outer request; if the models
 * differ, the earlier one was a request of its own.
 *
 * <p>Each object belongs to one frame and is reused with that frame. Not thread-safe.
 */
public final class InnerRequest {
  private final RequestFacts facts = new RequestFacts();
  private String operation;
  private Throwable error;
  private long startNanos;

  /** When the request ended; 0 if there is none. */
  private long endNanos;

  /**
   * Whether another request has begun since. This request then has the tokens and attempts that the
   * outer request had counted until then.
   */
  private boolean followed;

  InnerRequest() {}

  /**
   * Remembers a request that ended.
   *
   * @param newError the error that the request failed with, or {@code null}
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

  /**
   * Returns the facts of the request; tokens and attempts are set only once another request has
   * followed.
   */
  public RequestFacts facts() {
    return facts;
  }

  /** Returns {@code gen_ai.operation.name} of the request. */
  public String operation() {
    return operation;
  }

  /** Returns the error that the request failed with, or {@code null}. */
  public Throwable error() {
    return error;
  }

  /** Returns when the request began, by {@link System#nanoTime}. */
  public long startNanos() {
    return startNanos;
  }

  /** Returns when the request ended, by {@link System#nanoTime}. */
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

  /** Returns whether another request has begun since this one ended. */
  public boolean isFollowed() {
    return followed;
  }

  /** Returns whether a later request was a retry of this one; unknown values match anything. */
  public boolean isRetriedBy(String laterProvider, String laterModel, String laterOperation) {
    return same(facts.provider(), laterProvider)
        && same(facts.model(), laterModel)
        && same(operation, laterOperation);
  }

  private static boolean same(String a, String b) {
    return a == null || b == null || a.equals(b);
  }

  /**
   * Takes the tokens and attempts that {@code outer} has counted so far, because another request
   * begins within {@code outer}.
   */
  void anotherBegins(RequestFrame outer) {
    if (endNanos == 0 || followed) {
      return;
    }
    followed = true;
    facts.tokens().takeFrom(outer.facts().tokens());
    facts.attempts().copy(outer.attempts());
    outer.attempts().forget();
  }

  /** Gives {@code outer} its tokens and attempts back, because both are the same request. */
  public void giveBackTo(RequestFrame outer) {
    followed = false;
    outer.facts().tokens().add(facts.tokens());
    outer.attempts().addEarlier(facts.attempts());
  }
}
