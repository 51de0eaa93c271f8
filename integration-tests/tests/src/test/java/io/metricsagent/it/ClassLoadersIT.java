package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.loaders.JBossModulesApp;
import com.example.loaders.LateApp;
import com.example.loaders.LockedApp;
import com.example.loaders.OsgiApp;
import com.example.loaders.ThrowingApp;
import com.example.plugin.Other;
import com.example.plugin.PluginModel;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.Felix;
import org.eclipse.osgi.launch.Equinox;
import org.jboss.modules.Module;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent measures classes of the application's own class loaders. */
@ExtendWith(ShowRuns.class)
class ClassLoadersIT {
  @TempDir private static Path folder;
  private static String app;
  private static String plugin;
  private static String others;

  @BeforeAll
  static void packTheApplication() throws IOException, URISyntaxException {
    app = jar("app.jar", LockedApp.class, file -> true);
    plugin = jar("plugin.jar", PluginModel.class, file -> true);
    others = jar("others.jar", Other.class, file -> file.toString().endsWith("Other.class"));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void letsALoaderWorkWhoseResourcesAreLocked(Jdk jdk) throws IOException {
    assertMeasured(start(jdk, LockedApp.class).run(plugin));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresAPluginThatItsLoaderGotLater(Jdk jdk) throws IOException {
    assertMeasured(start(jdk, LateApp.class).run(others, plugin));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void saysInOneLineThatALoaderThrows(Jdk jdk) throws IOException {
    FinishedRun run = start(jdk, ThrowingApp.class).run(plugin);

    assertThat(run.exitCode()).isZero();
    assertThat(run.agentLog())
        .filteredOn(line -> line.contains("class"))
        .singleElement()
        .asString()
        .contains(ThrowingApp.class.getName() + "$Loader", "no resources here");
    assertThat(requests(run)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresModulesOfJBoss(Jdk jdk) throws IOException {
    assertMeasured(start(jdk, JBossModulesApp.class, Module.class).run(plugin));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresBundlesOfFelix(Jdk jdk) throws IOException {
    assertMeasured(start(jdk, OsgiApp.class, Felix.class).run(plugin));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresBundlesOfEquinox(Jdk jdk) throws IOException {
    assertMeasured(start(jdk, OsgiApp.class, Equinox.class).run(plugin));
  }

  private static void assertMeasured(FinishedRun run) {
    assertThat(run.exitCode()).isZero();
    assertThat(run.stdout()).contains("plugin: hello");
    assertThat(run.agentLog()).noneMatch(line -> line.contains("class"));
    assertThat(requests(run)).isEqualTo(1);
  }

  private static long requests(FinishedRun run) {
    return run.dump().adapters().stream()
        .mapToLong(adapter -> adapter.count("request_count"))
        .sum();
  }

  private static AgentRun start(Jdk jdk, Class<?> main, Class<?>... libraries) {
    StringBuilder classPath = new StringBuilder(app);
    for (Class<?> library : libraries) {
      classPath
          .append(File.pathSeparator)
          .append(library.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
    return AgentRun.on(jdk)
        .withAgent()
        .setting("metrics.agent.adapters.include", "com.example.plugin.Model[answer]")
        .mainClass(classPath.toString(), main.getName());
  }

  /** Packs classes of a package as an OSGi bundle. */
  private static String jar(String name, Class<?> ofPackage, Predicate<Path> which)
      throws IOException, URISyntaxException {
    Path root = Path.of(ofPackage.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path source = root.resolve(ofPackage.getPackageName().replace('.', '/'));
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", name);
    attributes.putValue("Bundle-Version", "1.0.0");
    Path jar = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(which).toList()) {
        entries.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return jar.toString();
  }
}
