package io.metricsagent.exporters.user;

import io.metricsagent.bootstrap.sink.MetricsSink;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads the classes of a user's sink. It sees the sink's jars, the JDK and {@code
 * io.metricsagent.bootstrap}, but neither the agent's libraries nor the application, so the sink
 * may bring any version of any library.
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
    // In an agent the loader of its launcher has these classes, in a test another loader has.
    return name.startsWith("io.metricsagent.bootstrap.")
        ? Class.forName(name, false, MetricsSink.class.getClassLoader())
        : super.loadClass(name, resolve);
  }
}
