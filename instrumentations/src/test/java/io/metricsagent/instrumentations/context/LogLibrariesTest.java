package io.metricsagent.instrumentations.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.targets.LoaderSightings;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.ThreadContext;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log contexts of real libraries: Log4j 2, and JBoss Logging above JBoss LogManager. */
class LogLibrariesTest {
  private static final ClassLoader APPLICATION = LogLibrariesTest.class.getClassLoader();

  private boolean initialised;
  private final CallContexts contexts = found("org/apache/logging/log4j/ThreadContext");

  /** Returns contexts that have seen an application load a class. */
  private CallContexts found(String className) {
    CallContexts made = new CallContexts(ContextKeys.of(Map.of()), type -> initialised);
    LoaderSightings sightings = LoaderSightings.ofTracers();
    sightings.listener(made);
    sightings.loads(className, APPLICATION);
    return made;
  }

  @AfterEach
  void sayNothing() {
    ThreadContext.clearAll();
  }

  @Test
  void log4jIsReadOnceItIsInitialised() {
    ThreadContext.put("experiment", "v2-concise");
    ThreadContext.put("session_id", "s-1");
    assertThat(contexts.get(ContextField.EXPERIMENT)).isNull();

    initialised = true;
    assertThat(contexts.get(ContextField.EXPERIMENT)).isEqualTo("v2-concise");
    assertThat(contexts.get(ContextField.SESSION_ID)).isEqualTo("s-1");
    assertThat(contexts.get(ContextField.RUN_ID)).isNull();
    ThreadContext.remove("experiment");
    assertThat(contexts.get(ContextField.EXPERIMENT)).isNull();
  }

  @Test
  void anotherThreadHasAContextOfItsOwn() throws InterruptedException {
    initialised = true;
    ThreadContext.put("experiment", "v2-concise");
    String[] seen = {"nothing"};
    Thread other = new Thread(() -> seen[0] = contexts.get(ContextField.EXPERIMENT));
    other.start();
    other.join();

    assertThat(seen[0]).isNull();
  }

  /**
   * JBoss LogManager is the log manager of its JVM from the start or never. Values of its context
   * need not be texts.
   */
  @Test
  void jbossLoggingIsReadAboveJbossLogManager() throws Exception {
    Process jvm =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(jvm.waitFor()).as(printed).isZero();
    assertThat(List.of(printed.split("\\R")))
        .containsExactly("null", "v2-concise", "v2-concise", "null", "null");
  }

  /** The application in the other JVM. */
  static final class Application {
    private Application() {}

    /** Prints what is known of the experiment. */
    public static void main(String[] args) {
      LogLibrariesTest test = new LogLibrariesTest();
      CallContexts contexts = test.found("org/jboss/logging/MDC");
      print(contexts);
      MDC.put("experiment", "v2-concise");
      test.initialised = true;
      print(contexts);
      System.out.println(org.jboss.logmanager.MDC.get("experiment"));
      MDC.put("experiment", 7);
      print(contexts);
      MDC.remove("experiment");
      print(contexts);
    }

    private static void print(CallContexts contexts) {
      System.out.println(contexts.get(ContextField.EXPERIMENT));
    }
  }
}
