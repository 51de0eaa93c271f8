package io.metricsagent.instrumentations.results;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.context.CallContexts;

/**
 * A call whose method has returned, or is about to run. A family of types tells it whether and how
 * it goes on. Used by the thread of the method, except for {@link #begins} and {@link #begun}.
 */
public interface FollowedCall {
  /** Returns what reads what the application says of a subscription. */
  CallContexts contexts();

  /**
   * The call goes on, and its result will tell the end.
   *
   * @param streamed whether the answer comes in pieces
   * @param mayBeDropped whether only a reader can end the call, so that it ends when nobody refers
   *     to the open call any more
   */
  OpenCall goesOn(boolean streamed, boolean mayBeDropped);

  /** Returns whether the work was done within the method: a measured call within has ended. */
  boolean hasAnswered();

  /**
   * Nothing happens until somebody subscribes to the result: each subscription is a call of its
   * own, and this one is none.
   */
  void waitsForSubscribers();

  /**
   * Somebody subscribes on this thread, or starts to collect; what begins on this thread until
   * {@link #begun} is part of the call.
   *
   * @return {@code null} if the call is not measured
   */
  OpenCall begins(FrameStack stack, boolean streamed);

  /** The subscription has returned, on the thread where it began. */
  void begun(OpenCall call);
}
