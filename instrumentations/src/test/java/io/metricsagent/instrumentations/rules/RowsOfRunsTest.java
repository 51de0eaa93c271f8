package io.metricsagent.instrumentations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What only runs need costs no class while no runs are kept. The verifier of the JVM loads classes,
 * too: it loads the class of an object that a method returns as an object of another class.
 */
class RowsOfRunsTest {
  private static final String ROOT = "io.metricsagent.instrumentations.";
  private static final String EVENTS = ROOT + "events.";

  /** The classes that only runs and events need, of the package that knows the calls. */
  private static final List<String> OF_CALLS =
      Stream.of("RequestEvents", "RunCarrier", "RunContexts", "RunFrame", "RunStream")
          .map((ROOT + "calls.")::concat)
          .toList();

  static List<InstrumentationModule> modules() {
    return RuleTablesTest.modules().toList();
  }

  /** Loads the classes of this module itself, so that each test begins without any of them. */
  private static final class Fresh extends ClassLoader {
    private final Map<String, Class<?>> loaded = new ConcurrentHashMap<>();

    Fresh() {
      super(RowsOfRunsTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(ROOT)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = loaded.get(name);
        if (known == null) {
          byte[] bytes = read(name);
          known = defineClass(name, bytes, 0, bytes.length);
          loaded.put(name, known);
        }
        return known;
      }
    }

    private byte[] read(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/').concat(".class"))) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Makes the handlers of rows in a loader that has loaded nothing yet. */
  public static final class Handlers {
    private final InstrumentationModule module;

    /** Makes an object for the module of a class. */
    public Handlers(String module) throws ReflectiveOperationException {
      this.module =
          (InstrumentationModule) Class.forName(module).getDeclaredConstructor().newInstance();
    }

    /**
     * Makes the handlers of all rows that are for runs, or of all others; returns their classes.
     */
    public List<String> make(boolean forRuns) {
      Telemetry telemetry =
          new Telemetry(
              new Registry(
                  new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test"),
                  Clock.systemUTC(),
                  () -> {}));
      List<String> classes = new ArrayList<>();
      for (Row<?> row : module.rows()) {
        if (row.isForRuns() == forRuns) {
          classes.add(module.handler(row, telemetry).getClass().getName());
        }
      }
      return classes;
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> make(Fresh loader, String module, boolean forRuns) throws Exception {
    Class<?> type = loader.loadClass(Handlers.class.getName());
    Object handlers = type.getConstructor(String.class).newInstance(module);
    return (List<String>) type.getMethod("make", boolean.class).invoke(handlers, forRuns);
  }

  private static boolean isOfRuns(String name) {
    return name.startsWith(ROOT + "runs.")
        || OF_CALLS.contains(name)
        || (name.startsWith(EVENTS) && !name.equals(EVENTS + "EventStream"));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theOtherRowsLoadNoClassOfRuns(InstrumentationModule module) throws Exception {
    String name = module.getClass().getName();
    List<String> ofRuns = make(new Fresh(), name, true);

    Fresh loader = new Fresh();
    make(loader, name, false);

    assertThat(new TreeSet<>(loader.loaded.keySet()))
        .contains(name)
        .doesNotContainAnyElementsOf(ofRuns.isEmpty() ? List.of("none") : ofRuns)
        .noneMatch(RowsOfRunsTest::isOfRuns);
  }

  /** Shows that the test above would find such a class. */
  @Test
  void theRowsOfRunsLoadClassesOfRuns() throws Exception {
    for (InstrumentationModule module : modules()) {
      Fresh loader = new Fresh();
      if (!make(loader, module.getClass().getName(), true).isEmpty()) {
        assertThat(loader.loaded.keySet())
            .as(module.name())
            .anyMatch(name -> name.startsWith(ROOT + "runs.") || name.endsWith("RunsHandler"));
      }
    }
  }
}
