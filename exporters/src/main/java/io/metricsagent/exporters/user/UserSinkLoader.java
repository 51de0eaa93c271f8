package io.metricsagent.exporters.user;

import io.metricsagent.bootstrap.sink.MetricsSink;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads what a user's sink is made of: its jars, the JDK and {@code io.metricsagent.bootstrap}. It
 * sees neither the agent's libraries nor the application, so that it may bring any version of
 * anything.
 */
final class UserSinkLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  UserSinkLoader(URL[] jars) {
    super("metrics-agent-sinks", jars, ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    // In an agent, these are the bootstrap loader's; on the command line they are not.
    return name.startsWith("io.metricsagent.bootstrap.")
        ? Class.forName(name, false, MetricsSink.class.getClassLoader())
        : super.loadClass(name, resolve);
  }
}
