package io.metricsagent.it.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an application runs as: with which version of its library, on which Java version, and what
 * else tells one run of a test class from another. A test class returns its setups from a method
 * {@code setups()}, which is the source of its parameters.
 *
 * @param app the application, as {@link Artifacts#app} takes it
 * @param options what else differs, in an order that the test class decides on
 */
public record Setup(String app, Jdk jdk, List<String> options) {
  /**
   * Returns an application with the newest version on each JDK, and with older ones on the newest
   * JDK alone: what changes with the JDK, changes for the newest version as well.
   *
   * @param newest the application with the newest version, or its only one
   * @param older the application with other versions
   */
  public static List<Setup> of(String newest, String... older) {
    List<Setup> setups = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      setups.add(new Setup(newest, jdk, List.of()));
    }
    for (String app : older) {
      setups.add(onNewestJdk(app));
    }
    return List.copyOf(setups);
  }

  /** Returns an application on the newest JDK that is installed, where threads may be virtual. */
  public static Setup onNewestJdk(String app) {
    return new Setup(app, Jdk.newest(), List.of());
  }

  /** Returns the same with other options. */
  public Setup with(String... others) {
    return new Setup(app, jdk, List.of(others));
  }

  /** Returns whether this is the newest version of several. */
  public boolean isNewest() {
    return app.endsWith("/newest");
  }

  /** Returns the application's jar. */
  public Path jar() {
    return Artifacts.app(app);
  }

  /** Returns the application on its JDK, without the agent. */
  public AgentRun run() {
    return AgentRun.on(jdk).jar(jar());
  }

  /**
   * Returns the same under the agent, which times operations on messages with the newest version.
   */
  public AgentRun runWithTimes() {
    return run().withAgent().setting("metrics.agent.messaging", Boolean.toString(isNewest()));
  }

  @Override
  public String toString() {
    return app + (options.isEmpty() ? "" : " with " + String.join(", ", options)) + " on " + jdk;
  }
}
