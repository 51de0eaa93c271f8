package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.RunDecoder;
import io.metricsagent.instrumentations.runs.RunHandler;
import io.metricsagent.instrumentations.runs.StreamedRuns;
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

  /** The scenarios of token streams that the application may start. */
  private static final WeakMap<Object, String> SCENARIOS = new WeakMap<>(MAX_STREAMS);

  private ServiceRuns() {}

  /** Returns the handler of the proxies' method. */
  static SiteHandler ofServices(Telemetry telemetry) {
    return new RunHandler(new ServiceRuns(), telemetry);
  }

  /** Returns the handler of the method that starts a token stream. */
  static SiteHandler ofStreams(Telemetry telemetry) {
    return new StreamedRuns(telemetry).start(ServiceRuns::scenarioOf);
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
    SCENARIOS.put(result, scenario);
  }

  private static String scenarioOf(Object tokenStream) {
    String scenario = SCENARIOS.get(tokenStream);
    return scenario == null ? "TokenStream.start" : scenario;
  }
}
