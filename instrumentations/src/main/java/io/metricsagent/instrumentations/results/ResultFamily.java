package io.metricsagent.instrumentations.results;

import io.metricsagent.instrumentations.access.ClassNames;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

/**
 * Types whose objects say when the call that returned them has ended. Stateless and thread-safe.
 *
 * <p>A result keeps its class wherever the application could cast it: another object takes its
 * place only where the method is declared to return an interface, or a type of Reactor or RxJava
 * whose operators return other objects all the time. A result that cannot be followed is left
 * alone, and its call ends when the method returns.
 */
public abstract class ResultFamily {
  /** The family of each class of results; {@code null} for results that are complete. */
  private static final ClassValue<ResultFamily> FAMILIES =
      new ClassValue<>() {
        @Override
        protected ResultFamily computeValue(Class<?> type) {
          return find(type);
        }
      };

  /** Only the classes of this package are families. */
  ResultFamily() {}

  /** Returns the family of a result, or {@code null} if the call ends when the method returns. */
  public static ResultFamily of(Object result) {
    return FAMILIES.get(result.getClass());
  }

  private static ResultFamily find(Class<?> type) {
    if (CompletionStage.class.isAssignableFrom(type)) {
      return new StageResults();
    }
    if (Future.class.isAssignableFrom(type)) {
      return FutureResults.of(type);
    }
    if (Flow.Publisher.class.isAssignableFrom(type) || PublisherResults.knows(type)) {
      return PublisherResults.of(type);
    }
    if (ClassNames.hasSupertype(type, CollectedFlows.FLOW)) {
      return CollectedFlows.of(type);
    }
    if (ClassNames.hasSupertype(type, ScalaFutureResults.FUTURE)) {
      return new ScalaFutureResults();
    }
    if (BaseStream.class.isAssignableFrom(type)) {
      return new StreamResults();
    }
    if (Iterator.class.isAssignableFrom(type)) {
      return new IteratorResults();
    }
    return AutoCloseable.class.isAssignableFrom(type) ? new ClosableResults() : null;
  }

  /** Returns whether nothing happens until somebody subscribes to a result. */
  public boolean waitsForSubscribers() {
    return false;
  }

  /**
   * Follows a result.
   *
   * @param declared the type of the result in the method's declaration
   * @param call is told how it goes on; if it is told nothing, it has ended
   * @return {@code result}, or what the application gets in its place: a {@code declared}
   */
  public abstract Object follow(Object result, Class<?> declared, FollowedCall call);
}
