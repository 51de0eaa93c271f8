package io.metricsagent.instrumentations.operations;

import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * A method that returns a cold {@code Flux}: nothing happens until it is subscribed to, and each
 * subscription is a request of its own. The rule must replace the result.
 *
 * <p>The result is {@code Flux.from} of a publisher that passes everything on: demand, context and
 * signals stay as they are, and as the subscription is not a queue, operators do not fuse across
 * it.
 */
public final class LlmFluxHandler extends SiteHandler {
  /** Reads the pieces of a stream. Stateless. */
  public interface Pieces {
    /** Tells {@code stream} what a piece means. */
    void read(Object piece, OpenStream stream);

    /** Returns whether this is the layer to measure {@code client}'s streams at. */
    default boolean measures(Object client) {
      return true;
    }
  }

  private record Call(Object self, Object request) {}

  private final LlmRecorder recorder;
  private final Pieces pieces;

  /** Makes a handler for the requests that {@code decoder} understands. */
  public LlmFluxHandler(LlmDecoder decoder, Pieces pieces, Recording recording) {
    this.recorder = new LlmRecorder(decoder, recording);
    this.pieces = pieces;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return pieces.measures(self) ? new Call(self, arg0) : null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (thrown != null || result == null) {
      return result;
    }
    try {
      Method from = from(result.getClass());
      Class<?> publisher = from.getParameterTypes()[0];
      Object watched =
          Proxy.newProxyInstance(
              publisher.getClassLoader(),
              new Class<?>[] {publisher},
              new Source(result, publisher, (Call) token));
      return from.invoke(null, watched);
    } catch (ReflectiveOperationException e) {
      return result;
    }
  }

  private static Method from(Class<?> type) throws NoSuchMethodException {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals("reactor.core.publisher.Flux")) {
        for (Method method : c.getMethods()) {
          if (method.getName().equals("from") && method.getParameterCount() == 1) {
            return method;
          }
        }
      }
    }
    throw new NoSuchMethodException("Flux.from");
  }

  /** The publisher in front of the library's. */
  private final class Source implements InvocationHandler {
    private final Object original;
    private final Method subscribe;
    private final Call call;

    Source(Object original, Class<?> publisher, Call call) throws NoSuchMethodException {
      this.original = original;
      this.call = call;
      Method found = null;
      for (Method method : publisher.getMethods()) {
        if (method.getName().equals("subscribe")) {
          found = method;
        }
      }
      if (found == null) {
        throw new NoSuchMethodException("subscribe");
      }
      this.subscribe = found;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return method.getName().equals("equals")
            ? (Object) (proxy == args[0])
            : method.invoke(original, args);
      }
      Frame frame = null;
      Object subscriber = args[0];
      try {
        frame = LlmRecorder.begin(call.self, call.request);
        if (frame != null && frame.isRoot()) {
          recorder.decodeRequest(frame);
          recorder.detach(frame);
          frame.stream = new OpenStream(frame, recorder);
          subscriber =
              Interfaces.proxy(subscriber, "Subscriber", new Sink(subscriber, frame.stream));
        }
      } catch (RuntimeException | LinkageError e) {
        subscriber = args[0]; // the application comes first
      }
      OpenStream stream = frame == null ? null : frame.stream;
      try {
        return passOn(subscribe, original, subscriber);
      } catch (Throwable e) {
        if (stream != null) {
          stream.failed(e);
        }
        throw e;
      } finally {
        if (frame != null) {
          FrameStack.current().pop(frame);
        }
      }
    }
  }

  /** The subscriber behind the library's publisher. */
  private final class Sink implements InvocationHandler {
    private final Object original;
    private final OpenStream stream;

    Sink(Object original, OpenStream stream) {
      this.original = original;
      this.stream = stream;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      switch (method.getName()) {
        case "onSubscribe" -> args[0] = cancellable(method.getParameterTypes()[0], args[0]);
        case "onNext", "tryOnNext" -> look(args[0]);
        case "onError" -> stream.failed((Throwable) args[0]);
        case "onComplete" -> stream.exhausted();
        case "equals" -> {
          if (method.getDeclaringClass() == Object.class) {
            return proxy == args[0];
          }
        }
        default -> {}
      }
      return passOn(method, original, args);
    }

    private void look(Object piece) {
      try {
        pieces.read(piece, stream);
      } catch (RuntimeException e) {
        // not known
      }
    }

    private Object cancellable(Class<?> type, Object subscription) {
      return Proxy.newProxyInstance(
          type.getClassLoader(),
          new Class<?>[] {type},
          (proxy, method, args) -> {
            if (method.getDeclaringClass() == Object.class && method.getName().equals("equals")) {
              return proxy == args[0];
            }
            if (method.getName().equals("cancel")) {
              stream.closed();
            }
            return passOn(method, subscription, args);
          });
    }
  }

  private static Object passOn(Method method, Object to, Object... args) throws Throwable {
    try {
      return method.invoke(to, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
