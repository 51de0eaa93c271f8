package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.metricsagent.bootstrap.targets.TargetNames;
import java.lang.instrument.Instrumentation;
import java.util.Properties;

/**
 * What the JVM and the launcher know.
 *
 * @param arguments what follows the jar in {@code -javaagent}, or {@code null}
 * @param properties the system properties as they were at the start: the application may change
 *     them, or replace them all, before anybody asks for a setting
 * @param targets where the user's own targets are added; complete once the transformer works
 * @param tracers the class loaders with an OpenTelemetry API that the application uses
 * @param startedMillis when the agent was started, in milliseconds of the epoch
 */
public record AgentStart(
    String arguments,
    Properties properties,
    Instrumentation jvm,
    TargetNames targets,
    LoaderSightings tracers,
    long startedMillis) {}
