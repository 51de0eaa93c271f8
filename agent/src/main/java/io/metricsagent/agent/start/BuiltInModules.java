package io.metricsagent.agent.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The instrumentations in the jar, from the file that {@link java.util.ServiceLoader} reads too;
 * its own way there is 40 classes of the JDK longer. Stateless.
 */
final class BuiltInModules {
  private static final String SERVICES = "META-INF/services/";

  private BuiltInModules() {}

  /** Returns the modules; one that cannot be made is left out with one line. */
  static List<InstrumentationModule> load() {
    ClassLoader loader = BuiltInModules.class.getClassLoader();
    List<InstrumentationModule> modules = new ArrayList<>();
    String text = read(loader, SERVICES.concat(InstrumentationModule.class.getName()));
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      String line = text.substring(start, end < 0 ? text.length() : end).trim();
      start = end < 0 ? text.length() : end + 1;
      if (!line.isEmpty() && line.charAt(0) != '#') {
        add(modules, loader, line);
      }
    }
    return modules;
  }

  private static void add(
      List<InstrumentationModule> modules, ClassLoader loader, String className) {
    try {
      modules.add(
          (InstrumentationModule)
              Class.forName(className, true, loader).getConstructor().newInstance());
    } catch (ReflectiveOperationException | LinkageError e) {
      AgentLog.log(
          AgentLog.Level.ERROR,
          "instrumentation ".concat(className).concat(" is missing: ") + e,
          e);
    }
  }

  private static String read(ClassLoader loader, String resource) {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      AgentLog.log(AgentLog.Level.ERROR, "no instrumentation can be read: " + e, e);
      return "";
    }
  }
}
