package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.runs.RunDecoder;
import java.lang.reflect.Method;

/**
 * Reads which method of an AI service is called. The services are proxies; their handler gets the
 * proxy, the method and its arguments.
 *
 * <p>A {@code TokenStream} begins its run when the application starts it, so the scenario is noted
 * until then. Thread-safe.
 */
final class ServiceRuns implements RunDecoder {
  private static final int MAX_STREAMS = 10_000;
  private static final String TOKEN_STREAM = "dev.langchain4j.service.TokenStream";

  private final WeakMap<Object, String> scenarios = new WeakMap<>(MAX_STREAMS);

  @Override
  public String scenario(Object self, Object proxy, Object called, Object arguments) {
    return called instanceof Method method && method.getDeclaringClass() != Object.class
        ? method.getDeclaringClass().getSimpleName() + '.' + method.getName()
        : null;
  }

  /** A service may return a publisher of any library, or a token stream. */
  @Override
  public boolean isDeferred(Object self, Object proxy, Object called, Object arguments) {
    if (!(called instanceof Method method)) {
      return false;
    }
    Class<?> type = method.getReturnType();
    return type.getName().equals(TOKEN_STREAM) || isPublisher(type);
  }

  private static boolean isPublisher(Class<?> type) {
    if (type.getSimpleName().equals("Publisher")) {
      return true;
    }
    for (Class<?> i : type.getInterfaces()) {
      if (isPublisher(i)) {
        return true;
      }
    }
    return type.getSuperclass() != null && isPublisher(type.getSuperclass());
  }

  @Override
  public void deferred(Object result, String scenario, String conversation) {
    scenarios.put(result, scenario);
  }

  /** Returns the scenario of a token stream. */
  String scenarioOf(Object tokenStream) {
    String scenario = scenarios.get(tokenStream);
    return scenario == null ? "TokenStream.start" : scenario;
  }
}
