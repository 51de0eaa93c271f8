package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.libraries.shared.langchain4j.TokenStreams;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.RunDecoder;
import io.metricsagent.instrumentations.runs.RunHandler;
import java.lang.reflect.Method;

/**
 * Reads which method of an AI service is called. The services are proxies; their handler gets the
 * proxy, the method and its arguments. A {@code TokenStream} begins its run when the application
 * starts it. Stateless.
 */
final class ServiceRuns implements RunDecoder {
  private ServiceRuns() {}

  /** Returns the handler of the proxies' method. */
  static SiteHandler handler(Telemetry telemetry) {
    return new RunHandler(new ServiceRuns(), telemetry);
  }

  @Override
  public String scenario(Object self, Object proxy, Object called, Object arguments) {
    return called instanceof Method method && method.getDeclaringClass() != Object.class
        ? method.getDeclaringClass().getSimpleName() + '.' + method.getName()
        : null;
  }

  /** A service may return a publisher of any library, or a token stream. */
  @Override
  public boolean isDeferred(Object self, Object proxy, Object called, Object arguments) {
    return called instanceof Method method && isForLater(method.getReturnType());
  }

  /** Returns whether objects of a type do nothing until somebody starts or subscribes to them. */
  static boolean isForLater(Class<?> type) {
    return TokenStreams.isOne(type) || isPublisher(type);
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
    TokenStreams.begins(result, scenario);
  }
}
