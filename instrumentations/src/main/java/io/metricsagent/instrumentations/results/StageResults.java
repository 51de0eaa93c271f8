package io.metricsagent.instrumentations.results;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Stages and futures of the JDK that tell their end, such as {@code CompletableFuture}. */
final class StageResults extends ResultFamily {
  private record End(OpenCall call) implements BiConsumer<Object, Throwable> {
    @Override
    public void accept(Object value, Throwable error) {
      if (error == null) {
        call.ended(value);
      } else {
        call.failed(error);
      }
    }
  }

  @Override
  public Object follow(Object result, Class<?> declared, FollowedCall call) {
    OpenCall open = call.goesOn(false, false);
    try {
      ((CompletionStage<?>) result).whenComplete(new End(open));
    } catch (RuntimeException e) { // the stage refuses listeners
      open.ended(null);
    }
    return result;
  }
}
