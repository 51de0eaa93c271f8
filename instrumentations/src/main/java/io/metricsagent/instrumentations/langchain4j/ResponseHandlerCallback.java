package io.metricsagent.instrumentations.langchain4j;

import io.metricsagent.instrumentations.operations.OpenStream;
import io.metricsagent.instrumentations.operations.StreamCallback;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Watches a {@code StreamingChatResponseHandler} through a {@link Proxy}.
 *
 * <p>A proxy and not a class that implements the interface: the interface gains default methods
 * from version to version (cancellation handles, thinking, raw events), and a class written against
 * one version would swallow those of the next.
 */
final class ResponseHandlerCallback implements StreamCallback {
  private static final String INTERFACE =
      "dev.langchain4j.model.chat.response.StreamingChatResponseHandler";

  @Override
  public Object watch(Object callback, OpenStream stream) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    collectInterfaces(callback.getClass(), interfaces);
    for (Class<?> type : interfaces) {
      if (type.getName().equals(INTERFACE)) {
        return proxy(callback, stream, interfaces, type);
      }
    }
    return callback;
  }

  private static Object proxy(
      Object callback, OpenStream stream, Set<Class<?>> all, Class<?> handlerType) {
    Watch watch = new Watch(callback, stream);
    try {
      return Proxy.newProxyInstance(
          callback.getClass().getClassLoader(), all.toArray(new Class<?>[0]), watch);
    } catch (
        IllegalArgumentException e) { // an interface that the callback's loader names otherwise
      return Proxy.newProxyInstance(
          handlerType.getClassLoader(), new Class<?>[] {handlerType}, watch);
    }
  }

  private static void collectInterfaces(Class<?> type, Set<Class<?>> into) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        if (Modifier.isPublic(i.getModifiers()) && into.add(i)) {
          collectInterfaces(i, into);
        }
      }
    }
  }

  private record Watch(Object callback, OpenStream stream) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      switch (method.getName()) {
        // The response is complete when the callback is told so: what it does then, such as the
        // next round of a tool loop, is no part of it.
        case "onCompleteResponse" -> stream.completed(args[0]);
        case "onError" -> stream.failed((Throwable) args[0]);
        case "onPartialResponse", "onPartialThinking", "onPartialToolCall", "onCompleteToolCall" ->
            stream.content();
        case "equals" -> {
          if (method.getDeclaringClass() == Object.class) {
            return callback.equals(unwatched(args[0]));
          }
        }
        default -> {}
      }
      try {
        return method.invoke(callback, args);
      } catch (InvocationTargetException e) {
        throw e.getCause();
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
