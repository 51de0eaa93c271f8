package io.metricsagent.bootstrap.snapshot;

/**
 * What the agent did for one library.
 *
 * @param name the instrumentation's name, as in {@code
 *     metrics.agent.instrumentation.<name>.enabled}
 * @param wovenMethods methods that carry advice of a rule that is in force
 * @param skipped rules that are switched off, because their target differs from what they expect,
 *     or, if there are {@code errors}, because they failed too often in a short time
 * @param errors faults inside the agent's own code, none of which reached the application
 */
public record InstrumentationSnapshot(String name, long wovenMethods, long skipped, long errors) {}
