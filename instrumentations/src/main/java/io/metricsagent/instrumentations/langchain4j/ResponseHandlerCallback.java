package io.metricsagent.instrumentations.langchain4j;

import io.metricsagent.instrumentations.operations.Interfaces;
import io.metricsagent.instrumentations.operations.OpenStream;
import io.metricsagent.instrumentations.operations.StreamCallback;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Watches a {@code StreamingChatResponseHandler} through a {@link Proxy}.
 *
 * <p>A proxy and not a class that implements the interface: the interface gains default methods
 * from version to version (cancellation handles, thinking, raw events), and a class written against
 * one version would swallow those of the next.
 */
final class ResponseHandlerCallback implements StreamCallback {
  @Override
  public Object watch(Object callback, OpenStream stream) {
    return Interfaces.proxy(callback, "StreamingChatResponseHandler", new Watch(callback, stream));
  }

  private record Watch(Object callback, OpenStream stream) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      switch (method.getName()) {
        // The response is complete when the callback is told so: what it does then, such as the
        // next round of a tool loop, is no part of it.
        case "onCompleteResponse" -> stream.completed(args[0]);
        case "onError" -> stream.failed((Throwable) args[0]);
        case "onPartialResponse", "onPartialThinking", "onPartialToolCall" -> stream.content();
        case "onCompleteToolCall" -> {
          // What it is made of came before, if the library tells pieces of it.
          if (!stream.hasContent()) {
            stream.content();
          }
        }
        case "equals" -> {
          if (method.getDeclaringClass() == Object.class) {
            return callback.equals(unwatched(args[0]));
          }
        }
        default -> {}
      }
      long start = System.nanoTime();
      try {
        return method.invoke(callback, args);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      } finally {
        stream.handled(System.nanoTime() - start);
      }
    }

    private static Object unwatched(Object other) {
      return other != null
              && Proxy.isProxyClass(other.getClass())
              && Proxy.getInvocationHandler(other) instanceof Watch watch
          ? watch.callback
          : other;
    }
  }
}
