package io.metricsagent.instrumentations.results;

/** Iterators: the call ends when the last element was read, or the iterator is closed. */
final class IteratorResults extends ResultFamily {
  @Override
  public Object follow(Object result, Class<?> declared, FollowedCall call) {
    Reading.Answer answer = new Reading.Answer();
    Object watched = Reading.inFrontOf(result, declared, answer, true);
    if (watched != result) {
      answer.goesOn(call.goesOn(true, true));
    }
    return watched;
  }
}
