package io.metricsagent.instrumentations.libraries.quarkus;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.libraries.shared.langchain4j.TokenStreams;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.RunDecoder;
import io.metricsagent.instrumentations.runs.RunHandler;
import java.lang.reflect.ParameterizedType;

/**
 * Reads which method of an AI service is called. Quarkus has made a class for the service, which
 * passes a description of the method and LangChain4j's {@code InvocationContext}. Stateless.
 */
final class MethodRuns implements RunDecoder {
  private static final Accessor INTERFACE = Accessor.path("getInterfaceName()");
  private static final Accessor METHOD = Accessor.path("getMethodName()");
  private static final Accessor RETURNS = Accessor.path("getReturnType()");
  private static final Accessor INVOCATION = Accessor.path("invocationId()");
  private static final Accessor MEMORY = Accessor.path("chatMemoryId()");

  /** Nothing is asked before somebody subscribes. */
  private static final String MULTI = "io.smallrye.mutiny.Multi";

  private MethodRuns() {}

  /** Returns the handler of the method that all methods of AI services call. */
  static SiteHandler handler(Telemetry telemetry) {
    return new RunHandler(new MethodRuns(), telemetry);
  }

  @Override
  public String scenario(Object self, Object method, Object invocation, Object service) {
    Object type = INTERFACE.read(method);
    Object name = METHOD.read(method);
    if (type == null || name == null) {
      return null;
    }
    String full = type.toString();
    int simple = Math.max(full.lastIndexOf('.'), full.lastIndexOf('$')) + 1;
    return full.substring(simple) + '.' + name;
  }

  @Override
  public boolean isDeferred(Object self, Object method, Object invocation, Object service) {
    Object returns = RETURNS.read(method);
    Object type = returns instanceof ParameterizedType of ? of.getRawType() : returns;
    return type instanceof Class<?> c && (c.getName().equals(MULTI) || TokenStreams.isOne(c));
  }

  @Override
  public void deferred(Object result, String scenario, String conversation) {
    TokenStreams.begins(result, scenario);
  }

  @Override
  public String conversation(Object self, Object method, Object invocation, Object service) {
    Object memory = MEMORY.read(invocation);
    return memory instanceof String || memory instanceof Number ? memory.toString() : null;
  }

  @Override
  public String id(Object self, Object method, Object invocation, Object service) {
    Object id = INVOCATION.read(invocation);
    return id == null ? null : id.toString();
  }

  @Override
  public Object passedAlong(Object self, Object method, Object invocation, Object service) {
    return invocation;
  }
}
