package io.metricsagent.instrumentations.rules.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.probe.Probe;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.testing.WovenApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Weaves every method of several thousand classes that other projects compiled, and lets the JVM
 * verify and initialise them: a woven class is valid, whatever the shape of its methods.
 */
class WeavingManyClassesTest {
  @BeforeAll
  static void bindWovenCode() {
    WovenApplication.bindWovenCode();
  }

  /** A class with a woven constructor is laid out anew, while the others are patched. */
  @ParameterizedTest
  @CsvSource({
    "net.bytebuddy.ByteBuddy, true",
    "net.bytebuddy.ByteBuddy, false",
    "org.assertj.core.api.Assertions, true",
    "org.assertj.core.api.Assertions, false"
  })
  void everyMethodOfALibraryIsValidOnceWoven(Class<?> ofLibrary, boolean constructors)
      throws IOException {
    String prefix = ofLibrary.getPackageName().split("\\.")[0];
    List<String> names = classes(ofLibrary);
    List<String> invalid = new ArrayList<>();
    Library library = new Library(prefix + '.', constructors);
    int valid = 0;
    for (String name : names) {
      try {
        Class.forName(name, true, library);
        valid++;
      } catch (VerifyError | ClassFormatError | IncompatibleClassChangeError e) {
        invalid.add(e.toString());
      } catch (ClassNotFoundException | LinkageError e) {
        // The class needs a missing class, or its initialiser fails: that says nothing of the
        // weaver.
      }
    }

    assertThat(invalid).isEmpty();
    assertThat(valid).isGreaterThan(names.size() * 9 / 10);
    assertThat(library.methods).isGreaterThan(200);
  }

  private static List<String> classes(Class<?> ofLibrary) throws IOException {
    String resource = ofLibrary.getName().replace('.', '/') + ".class";
    String url = ofLibrary.getClassLoader().getResource(resource).toString();
    String file = url.substring("jar:".length(), url.indexOf("!/"));
    List<String> names = new ArrayList<>();
    try (JarFile jar = new JarFile(URI.create(file).getPath())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.startsWith("META-INF") && !name.contains("-info")) {
          names.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
    return names;
  }

  /** Defines the classes of a library again, with every method woven twice. */
  private static final class Library extends ClassLoader {
    private final String prefix;
    private final boolean constructors;
    private int methods;

    Library(String prefix, boolean constructors) {
      super(WeavingManyClassesTest.class.getClassLoader());
      this.prefix = prefix;
      this.constructors = constructors;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(prefix) || name.startsWith(Probe.class.getPackageName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String internal = name.replace('.', '/');
      try (InputStream in = getResourceAsStream(internal + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] original = in.readAllBytes();
        byte[] woven = woven(name, original);
        return defineClass(name, woven, 0, woven.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    private byte[] woven(String name, byte[] original) {
      MethodTarget[] all = Weaving.methodsOf(original, constructors);
      SiteTable sites = new SiteTable(List.of());
      sites.add(
          Weaving.module(
              Idle::new,
              Rule.forClass(name, all).whereThereIsOne(),
              Rule.forClass(name, all).whereThereIsOne().replacingResult().replacingArgument(0)));
      byte[] woven =
          Weaver.weave(this, name.replace('.', '/'), original, sites.sites(), Weaving.telemetry());
      methods += (int) sites.snapshot().get(0).wovenMethods();
      return woven == null ? original : woven;
    }
  }

  private static final class Idle extends SiteHandler {
    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      return null;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      return result;
    }
  }
}
