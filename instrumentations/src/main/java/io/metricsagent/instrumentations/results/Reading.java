package io.metricsagent.instrumentations.results;

import io.metricsagent.instrumentations.access.StandIn;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.stream.BaseStream;

/**
 * The stand-in of an object that an answer is read from: an iterator, a stream, or an object with
 * {@code close} that returns one of these. Objects that it returns to read from are replaced, too.
 */
final class Reading extends StandIn {
  /** What all objects have in common that one answer is read from. */
  static final class Answer {
    private volatile OpenCall call;
    private volatile Object last;

    /** The call goes on; called before anybody reads. */
    void goesOn(OpenCall newCall) {
      call = newCall;
    }

    /** A piece was read; a parallel stream reads on several threads. */
    synchronized void piece(Object piece) {
      last = piece;
      call.piece(piece);
    }

    private void ended(Throwable error) {
      if (error == null) {
        call.ended(last);
      } else {
        call.failed(error);
      }
    }
  }

  /** What a call of the application means. */
  private enum Step {
    NEXT,
    HAS_NEXT,
    READS_ALL,
    CLOSES,
    OPENS,
    NONE
  }

  private final Answer answer;
  private final boolean countsPieces;

  /** When the reader got its last piece, by {@link System#nanoTime}; 0 while it reads. */
  private long readSince;

  private Reading(Object original, Answer answer, boolean countsPieces) {
    super(original);
    this.answer = answer;
    this.countsPieces = countsPieces;
  }

  /**
   * Returns an object that takes the place of {@code original}; {@code original} itself if there
   * cannot be one.
   *
   * @param type the interface that it is used by
   * @param countsPieces false if the pieces are counted already where they come from
   */
  static Object inFrontOf(Object original, Class<?> type, Answer answer, boolean countsPieces) {
    return new Reading(original, answer, countsPieces).like(type);
  }

  @Override
  protected Call around(Method method) {
    Step step = step(method);
    return step == Step.NONE ? null : new Stepping(step, method);
  }

  private Step step(Method method) {
    if (BaseStream.class.isAssignableFrom(method.getReturnType())
        || Iterator.class.isAssignableFrom(method.getReturnType())
        || Spliterator.class.isAssignableFrom(method.getReturnType())) {
      return Step.OPENS;
    }
    return switch (method.getName()) {
      case "next", "nextInt", "nextLong", "nextDouble" ->
          method.getParameterCount() == 0 ? Step.NEXT : Step.NONE;
      case "hasNext", "tryAdvance" -> Step.HAS_NEXT;
      case "close" -> method.getParameterCount() == 0 ? Step.CLOSES : Step.NONE;
      case "forEachRemaining" -> Step.READS_ALL;
      case "isParallel" -> Step.NONE;
      default -> isReadBy(method) ? Step.READS_ALL : Step.NONE;
    };
  }

  private boolean isReadBy(Method method) {
    return original() instanceof BaseStream<?, ?>
        || (original() instanceof Iterable<?> && method.getName().equals("forEach"));
  }

  /** One call of the application. */
  private final class Stepping implements Call {
    private final Step step;
    private final Method method;

    Stepping(Step step, Method method) {
      this.step = step;
      this.method = method;
    }

    @Override
    public void before(Object[] args) {
      if (step == Step.CLOSES) {
        answer.call.cancelled(); // unless it has ended
      } else if (readSince != 0) {
        answer.call.handled(System.nanoTime() - readSince);
        readSince = 0;
      }
      boolean passesOn = step == Step.READS_ALL || step == Step.HAS_NEXT;
      if (countsPieces && passesOn && args.length == 1) {
        args[0] = new Consumer(args[0], answer).as(method.getParameterTypes()[0]);
      }
    }

    @Override
    public Object after(Object result, Throwable thrown) {
      switch (step) {
        case NEXT -> afterNext(result, thrown);
        case HAS_NEXT -> {
          if (thrown != null || Boolean.FALSE.equals(result)) {
            answer.ended(thrown);
          }
        }
        case READS_ALL -> answer.ended(thrown);
        case OPENS -> {
          return result == null ? null : opened(result);
        }
        case CLOSES, NONE -> {}
      }
      return result;
    }

    private void afterNext(Object result, Throwable thrown) {
      if (thrown != null) {
        answer.ended(thrown instanceof NoSuchElementException ? null : thrown);
      } else if (countsPieces) {
        answer.piece(result);
        readSince = System.nanoTime();
      }
    }

    private Object opened(Object result) {
      boolean counts = countsPieces && !(original() instanceof BaseStream<?, ?>);
      Object source = result;
      if (counts && result instanceof BaseStream<?, ?> stream) {
        source = StreamResults.counting(stream, answer);
        counts = false;
      }
      return inFrontOf(source, method.getReturnType(), answer, counts);
    }
  }

  /** What {@code forEachRemaining} and the like pass each piece to. */
  private static final class Consumer extends StandIn {
    private final Answer answer;

    Consumer(Object consumer, Answer answer) {
      super(consumer);
      this.answer = answer;
    }

    @Override
    protected void calling(String method, Object[] args) {
      if (method.equals("accept") && args.length == 1) {
        answer.piece(args[0]);
      }
    }
  }
}
