package io.metricsagent.instrumentations.rules.weaving.samples;

/** How a test calls the constructors of {@link Built}. */
public interface BuiltApi {
  String text();

  BuiltApi build(long number, String text);
}
