package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.tools.ServedTools;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of tools that a server of this process has found, because a name that a client invents
 * must not become a series. This class handles a method whose second argument is a tool that was
 * found and which returns a publisher of the tool's result. Thread-safe.
 */
final class FoundTools extends SiteHandler {
  private static final Accessor NAME = Accessor.path("definition().name()");
  private static final int MAX_TOOLS = 10_000;

  private static final int MAX_REFUSALS = 1_000;
  private static final Throwable INVALID_ARGUMENTS = Errors.ofType("invalid_arguments");

  private final WeakMap<Object, Throwable> refusals = new WeakMap<>(MAX_REFUSALS);
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    String name = NAME.readString(arg1);
    if (name != null && !names.contains(name) && names.size() < MAX_TOOLS) {
      names.add(name);
    }
    return this;
  }

  /**
   * Notes an answer that refuses the arguments. Such an answer is available at once: of the
   * publishers that the method returns, only Reactor's publishers of an available value implement
   * {@code Callable}.
   */
  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result instanceof Callable<?> refused) {
      try {
        refusals.put(refused.call(), INVALID_ARGUMENTS);
      } catch (Exception e) { // the publisher has no value
        return result;
      }
    }
    return result;
  }

  /** Returns why a tool did not run if {@code answer} refuses the arguments, else {@code null}. */
  Throwable refusal(Object answer) {
    return refusals.get(answer);
  }

  /**
   * Returns the name under which a call of a tool is counted; tools that were not found share one
   * name.
   */
  String countedAs(String name) {
    return name != null && names.contains(name) ? name : ServedTools.UNKNOWN_TOOL;
  }
}
