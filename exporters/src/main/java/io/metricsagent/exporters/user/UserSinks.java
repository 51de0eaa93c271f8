package io.metricsagent.exporters.user;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.zip.ZipFile;

/**
 * Finds the sinks of users, in jars that provide {@link MetricsSink} as a service for {@link
 * ServiceLoader}. A jar or sink that cannot be used is left out, with one line in the log.
 * Stateless.
 */
public final class UserSinks {
  private static final String SETTING = "metrics.agent.sinks.path";

  private UserSinks() {}

  /**
   * Makes the sinks.
   *
   * @param path jars and folders of jars, separated as in a class path
   */
  public static List<MetricsSink> load(String path) {
    List<URL> jars = new ArrayList<>();
    for (String part : path.split(File.pathSeparator, -1)) {
      if (!part.isBlank()) {
        addJars(new File(part.trim()), jars);
      }
    }
    List<MetricsSink> sinks = new ArrayList<>();
    if (jars.isEmpty()) {
      return sinks;
    }
    // The loader stays open as long as its sinks are used, which is until the JVM ends.
    UserSinkLoader loader = new UserSinkLoader(jars.toArray(URL[]::new));
    Iterator<MetricsSink> found = ServiceLoader.load(MetricsSink.class, loader).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          break;
        }
        sinks.add(found.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        AgentLog.log(AgentLog.Level.ERROR, SETTING + ": a sink is left out: " + e.getMessage(), e);
      }
    }
    if (sinks.isEmpty()) {
      AgentLog.warn(
          SETTING
              + "="
              + path
              + ": there is no sink in it; a jar names its sinks in META-INF/services/"
              + MetricsSink.class.getName());
    }
    return sinks;
  }

  private static void addJars(File file, List<URL> jars) {
    File[] inFolder = file.listFiles((folder, name) -> name.endsWith(".jar"));
    if (inFolder != null) {
      if (inFolder.length == 0) {
        AgentLog.warn(
            SETTING
                + ": no jar is in the folder "
                + file
                + "; write jars or folders of jars (classes alone are not loaded)");
      }
      Arrays.sort(inFolder);
      for (File jar : inFolder) {
        add(jar, jars);
      }
    } else if (file.isFile()) {
      add(file, jars);
    } else {
      AgentLog.warn(SETTING + ": " + file + " does not exist; write jars or folders of jars");
    }
  }

  private static boolean isJar(File file) {
    try (ZipFile zip = new ZipFile(file)) {
      return zip.size() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void add(File jar, List<URL> jars) {
    if (!isJar(jar)) {
      AgentLog.warn(SETTING + ": " + jar + " is not a jar that can be read; it is left out");
      return;
    }
    try {
      jars.add(jar.toURI().toURL());
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e); // cannot happen: the URL of a file is always well-formed
    }
  }
}
