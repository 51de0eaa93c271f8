package io.metricsagent.instrumentations.results;

import io.metricsagent.instrumentations.access.StandIn;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * Futures other than stages. Those with listeners, of Guava and of Google's clients, tell their
 * end. Others end when the application can see that they are done: their stand-in looks after each
 * call of the application, for example of {@code get}.
 */
final class FutureResults extends ResultFamily {
  /** Runs a listener on the thread that completes the future. */
  private static final class Direct implements Executor {
    static final Direct INSTANCE = new Direct();

    @Override
    public void execute(Runnable command) {
      command.run();
    }
  }

  private record Listener(Future<?> future, OpenCall call) implements Runnable {
    @Override
    public void run() {
      end(future, call);
    }
  }

  /** The method {@code addListener(Runnable, Executor)}; {@code null} if there is none. */
  private final Method addListener;

  private FutureResults(Method addListener) {
    this.addListener = addListener;
  }

  static FutureResults of(Class<?> type) {
    return new FutureResults(listening(type));
  }

  /** Returns the method of a public interface, which everyone may call. */
  private static Method listening(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        Method found = declaredBy(i);
        if (found == null) {
          found = listening(i);
        }
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static Method declaredBy(Class<?> type) {
    if (!Modifier.isPublic(type.getModifiers())
        || !type.getModule().isExported(type.getPackageName())) {
      return null;
    }
    try {
      return type.getMethod("addListener", Runnable.class, Executor.class);
    } catch (NoSuchMethodException | LinkageError e) {
      return null;
    }
  }

  @Override
  public Object follow(Object result, Class<?> declared, FollowedCall call) {
    Future<?> future = (Future<?>) result;
    if (future.isDone()) {
      end(future, call.goesOn(false, false));
      return result;
    }
    if (addListener != null) {
      listen(future, call.goesOn(false, false));
      return result;
    }
    Waiting waiting = new Waiting(future);
    Object watched = waiting.like(declared);
    if (watched != result) {
      waiting.call = call.goesOn(false, true);
    }
    return watched;
  }

  private void listen(Future<?> future, OpenCall call) {
    try {
      addListener.invoke(future, new Listener(future, call), Direct.INSTANCE);
    } catch (ReflectiveOperationException e) { // the future refuses listeners
      call.ended(null);
    }
  }

  /** Ends the call of a future that is done. */
  private static void end(Future<?> future, OpenCall call) {
    try {
      call.ended(future.get());
    } catch (ExecutionException e) {
      call.failed(e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      call.cancelled();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it was set before
      call.ended(null);
    } catch (RuntimeException e) { // of a future that the application has written
      call.failed(e);
    }
  }

  /** The stand-in of a future that tells nobody of its end. */
  private static final class Waiting extends StandIn {
    private final Future<?> future;
    private volatile OpenCall call;

    Waiting(Future<?> future) {
      super(future);
      this.future = future;
    }

    @Override
    protected void thrown(String method, Throwable error) {
      look();
    }

    @Override
    protected Object returned(String method, Object result) {
      look();
      return result;
    }

    private void look() {
      if (call != null && future.isDone()) {
        end(future, call);
      }
    }
  }
}
