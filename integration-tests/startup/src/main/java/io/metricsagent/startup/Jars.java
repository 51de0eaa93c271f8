package io.metricsagent.startup;

import java.nio.file.Path;

/** The agents' jars. */
record Jars(Path agent, Path empty, Path otel, String otelVersion) {}
