package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.metricsagent.bootstrap.targets.TargetNames;
import java.lang.instrument.Instrumentation;
import java.util.Properties;

/**
 * What is known when the agent starts; the {@link Launcher} passes it to the {@link AgentSide}.
 *
 * @param arguments what follows the jar in {@code -javaagent}, or {@code null}
 * @param properties the system properties as they were at the start; the application may change or
 *     replace them before the settings are read
 * @param targets the names to which the user's own targets are added; complete before the
 *     transformer uses them
 * @param tracers the class loaders with an OpenTelemetry API that the application uses
 * @param startedMillis when the agent was started, in milliseconds of the epoch
 */
public record StartFacts(
    String arguments,
    Properties properties,
    Instrumentation jvm,
    TargetNames targets,
    LoaderSightings tracers,
    long startedMillis) {}
