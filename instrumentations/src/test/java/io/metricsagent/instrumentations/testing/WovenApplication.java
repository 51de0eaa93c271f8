package io.metricsagent.instrumentations.testing;

import io.metricsagent.bootstrap.probe.Probe;
import io.metricsagent.bootstrap.probe.ProbeSink;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.metricsagent.bootstrap.targets.TargetNames;
import io.metricsagent.bootstrap.targets.TargetTransformer;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.rules.weaving.SiteWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Loads classes of the tests in a class loader of its own and passes them to the real transformer.
 * So a test sees what the agent does to an application, without starting a JVM.
 */
public final class WovenApplication extends ClassLoader {
  /**
   * Woven code binds its sink once in a JVM, so the tests of a JVM share this sink, one after the
   * other.
   */
  private static final class Turns implements ProbeSink {
    static final Turns INSTANCE = new Turns();

    private volatile SiteTable current;

    @Override
    public Object enter(int site, Object self, Object arg0, Object arg1, Object arg2) {
      return current.enter(site, self, arg0, arg1, arg2);
    }

    @Override
    public Object enterSuspending(
        int site, Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
      return current.enterSuspending(site, self, arg0, arg1, arg2, continuation);
    }

    @Override
    public Object replaceArgument(int site, Object token, Object argument) {
      return current.replaceArgument(site, token, argument);
    }

    @Override
    public Object exit(int site, Object token, Object result, Throwable thrown) {
      return current.exit(site, token, result, thrown);
    }

    @Override
    public Object followArgument(int site, Object token, Object argument, Class<?> declared) {
      return current.followArgument(site, token, argument, declared);
    }

    @Override
    public Object returned(int site, Object token, Object result, Class<?> declared) {
      return current.returned(site, token, result, declared);
    }

    @Override
    public void failed(int site, Throwable fault) {
      current.failed(site, fault);
    }
  }

  private final String samplePackage;
  private final TargetTransformer transformer;
  private final Registry registry;
  private final Set<String> woven = new TreeSet<>();

  private WovenApplication(
      String samplePackage, SiteTable sites, Registry registry, Telemetry telemetry) {
    super(WovenApplication.class.getClassLoader());
    this.samplePackage = samplePackage;
    this.registry = registry;
    TargetNames targets = new TargetNames();
    for (Site site : sites.sites()) {
      targets.add(site.rule().type().replace('.', '/'), site.rule().subtypes());
    }
    SiteWeaver weaver = new SiteWeaver(sites, () -> telemetry);
    this.transformer = new TargetTransformer(targets, LoaderSightings.ofTracers(), () -> weaver);
  }

  /**
   * Prepares an application.
   *
   * @param samplePackage classes of this package are loaded through the transformer
   */
  public static WovenApplication with(String samplePackage, InstrumentationModule... modules) {
    Registry registry =
        new Registry(
            new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test"),
            Clock.systemUTC(),
            () -> {});
    return with(samplePackage, registry, new Telemetry(registry), modules);
  }

  /** Prepares an application whose events somebody hears. */
  public static WovenApplication with(
      String samplePackage, Heard heard, InstrumentationModule... modules) {
    return with(samplePackage, heard.telemetry().registry(), heard.telemetry(), modules);
  }

  /** Prepares an application that is measured by services of the test's own. */
  public static WovenApplication with(
      String samplePackage, Telemetry telemetry, InstrumentationModule... modules) {
    return with(samplePackage, telemetry.registry(), telemetry, modules);
  }

  private static WovenApplication with(
      String samplePackage,
      Registry registry,
      Telemetry telemetry,
      InstrumentationModule... modules) {
    SiteTable sites = new SiteTable(List.of());
    for (InstrumentationModule module : modules) {
      sites.add(module);
    }
    registry.instrumentations(sites::snapshot);
    Turns.INSTANCE.current = sites;
    bindWovenCode();
    return new WovenApplication(samplePackage, sites, registry, telemetry);
  }

  /**
   * Binds the sink of woven code in this JVM. A test that runs woven code of its own calls it
   * first: otherwise that code would bind no sink, for all tests that follow.
   */
  public static void bindWovenCode() {
    Probe.install(Turns.INSTANCE);
  }

  /** Creates an object of a class of the application. */
  public <T> T create(Class<? extends T> sample, Class<T> as) throws ReflectiveOperationException {
    var constructor = loadClass(sample.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    return as.cast(constructor.newInstance());
  }

  /** Returns what was recorded. */
  public MetricsSnapshot snapshot() {
    return registry.snapshot();
  }

  /** Returns the simple names of the classes that the transformer changed. */
  public Set<String> woven() {
    return woven;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean shared =
        !name.startsWith(samplePackage) || name.contains("Api") || name.endsWith("Test");
    if (shared) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/');
    byte[] bytes;
    try (InputStream in = getResourceAsStream(path + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    return define(name, bytes);
  }

  /** Passes a class file that a test has made to the transformer, and defines the class. */
  public Class<?> define(String name, byte[] bytes) {
    byte[] changed = transformer.transform(null, this, name.replace('.', '/'), null, null, bytes);
    if (changed != null) {
      woven.add(name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1));
    }
    byte[] file = changed == null ? bytes : changed;
    return defineClass(name, file, 0, file.length);
  }
}
