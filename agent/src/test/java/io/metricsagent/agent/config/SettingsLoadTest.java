package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.exporters.UrlMask;
import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.prometheus.PrometheusSettings;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks which classes the reading of settings loads, since it runs before or beside {@code main}.
 */
class SettingsLoadTest {
  private static final String OURS = "io.metricsagent.";

  /** The classes that settings are read into, and those that read them. */
  private static final Set<Class<?>> EXPECTED =
      Set.of(
          AgentLog.Level.class,
          UrlMask.class,
          ArchiveSettings.class,
          OtlpSettings.class,
          OtlpSettings.Protocol.class,
          OtlpSettings.Temporality.class,
          OtlpSettings.HistogramAggregation.class,
          OtlpSettings.Names.class,
          PrometheusSettings.class,
          StatsdSettings.class,
          Dialect.class);

  /**
   * Loads the classes of the agent and of libraries itself, and records every class they refer to.
   */
  private static final class NotingLoader extends URLClassLoader {
    private final Set<String> asked = new TreeSet<>();

    NotingLoader() throws MalformedURLException {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] classPath() throws MalformedURLException {
      String[] entries =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
              .split(File.pathSeparator);
      URL[] urls = new URL[entries.length];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = new File(entries[i]).toURI().toURL();
      }
      return urls;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      asked.add(name);
      return super.loadClass(name, resolve);
    }
  }

  /** The classes of features that are off. */
  private static final String[] OF_FEATURES =
      Stream.of(
              RollupConfig.class,
              RollupSettings.class,
              RunGaugesReader.class,
              RunSettings.class,
              ServeSettings.class,
              SessionSettings.class)
          .map(Class::getName)
          .toArray(String[]::new);

  /** Returns the names of the classes that are loaded when all exporters are configured. */
  private static Set<String> asked() throws IOException, ReflectiveOperationException {
    return askedWithExporters(new Properties());
  }

  /** Returns the same where further settings are set. */
  private static Set<String> askedWithExporters(Properties properties)
      throws IOException, ReflectiveOperationException {
    properties.setProperty("metrics.agent.exporters", "archive,otlp,prometheus,statsd");
    properties.setProperty("metrics.agent.archive.max.files", "10");
    properties.setProperty("metrics.agent.prometheus.port", "9000");
    properties.setProperty("otel.exporter.otlp.metrics.endpoint", "https://me:secret@host/v1");
    properties.setProperty("otel.exporter.otlp.headers", "a=b");
    Map<String, String> environment =
        Map.of("HOSTNAME", "host-1", "DD_DOGSTATSD_URL", "unixstream:///var/run/dsd.socket");
    return asked(properties, environment);
  }

  private static Set<String> asked(Properties properties, Map<String, String> environment)
      throws IOException, ReflectiveOperationException {
    try (NotingLoader loader = new NotingLoader()) {
      loader
          .loadClass(Reading.class.getName())
          .getConstructor(Properties.class, Map.class)
          .newInstance(properties, environment);
      return loader.asked;
    }
  }

  /**
   * Reads settings as the start does. Reflection on {@link AgentConfig} itself would load the
   * classes that its methods return.
   */
  public static final class Reading {
    /** Reads them. */
    public Reading(Properties properties, Map<String, String> environment) {
      AgentConfig.load(null, properties, environment);
    }
  }

  @Test
  void readingSettingsLoadsTheirRecordsAndNoExporter() throws Exception {
    String own = AgentConfig.class.getPackageName() + ".";
    Stream<String> others =
        asked().stream().filter(name -> !name.startsWith(own) && !name.startsWith("java."));
    assertThat(others)
        .containsExactlyInAnyOrderElementsOf(EXPECTED.stream().map(Class::getName).toList())
        .allMatch(name -> name.startsWith(OURS));
  }

  @Test
  void readingSettingsLoadsNoClassThatAnApplicationMayStillConfigure() throws Exception {
    assertThat(asked())
        .noneMatch(name -> name.startsWith("java.nio.file."))
        .noneMatch(name -> name.startsWith("java.util.logging."))
        .noneMatch(name -> name.startsWith("java.util.regex."))
        .noneMatch(name -> name.startsWith("java.lang.management."));
  }

  @Test
  void whereNothingIsSetNoClassOfAnExporterIsLoaded() throws Exception {
    assertThat(asked(new Properties(), Map.of("HOSTNAME", "host-1")))
        .contains(AgentConfig.class.getName())
        .noneMatch(name -> name.startsWith("io.metricsagent.exporters."))
        .doesNotContain(ExporterSettings.class.getName(), SettingCatalogue.class.getName());
  }

  @Test
  void readingSettingsLoadsNoClassOfAFeatureThatIsOff() throws Exception {
    assertThat(asked()).doesNotContain(OF_FEATURES);
  }

  /** Shows that the test above would find such a class. */
  @Test
  void readingSettingsLoadsTheClassesOfFeaturesThatAreOn() throws Exception {
    Properties on = new Properties();
    on.setProperty("metrics.agent.rollups.enabled", "true");
    on.setProperty("metrics.agent.run.gauges", "true");
    on.setProperty("metrics.agent.sessions.enabled", "true");

    assertThat(askedWithExporters(on)).contains(OF_FEATURES);
  }
}
