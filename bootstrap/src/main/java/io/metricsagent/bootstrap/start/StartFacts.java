package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.metricsagent.bootstrap.targets.TargetNames;
import java.lang.instrument.Instrumentation;
import java.util.Properties;
import java.util.function.Predicate;

/**
 * What is known when the agent starts; the {@link Launcher} passes it to the {@link AgentSide}.
 *
 * @param arguments what follows the jar in {@code -javaagent}, or {@code null}
 * @param properties the system properties as they were at the start; the application may change or
 *     replace them before the settings are read
 * @param targets the names to which the user's own targets are added; complete before the
 *     transformer uses them
 * @param tracers the class loaders with an API that tells what a thread works for
 * @param startedMillis when the agent was started, in milliseconds of the epoch
 */
public record StartFacts(
    String arguments,
    Properties properties,
    Instrumentation jvm,
    TargetNames targets,
    LoaderSightings tracers,
    long startedMillis) {
  /** Returns what tells whether the JVM has initialised a class; cheap, takes no lock. */
  public Predicate<Class<?>> initialisedClasses() {
    return new InitialisedClasses(jvm);
  }
}
