package io.metricsagent.bootstrap.targets;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.loaded.Model;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ChangedTargetsTest {
  private static final String MODEL = "com/example/loaded/Model";

  private final List<Class<?>> loaded =
      new ArrayList<>(
          List.of(String.class, Model[].class, Model.Other.class, Model.Fast.class, Model.class));
  private final List<String> calls = new ArrayList<>();
  private Class<?> broken;
  private final List<String> woven = new ArrayList<>();
  private final TargetTransformer door =
      new TargetTransformer(
          new TargetNames(),
          LoaderSightings.ofTracers(),
          () ->
              (module, loader, name, classFile, supertypes) -> {
                woven.add(name + supertypes);
                return classFile;
              });
  private final ChangedTargets changed = new ChangedTargets(jvm(), door);

  private Instrumentation jvm() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAllLoadedClasses" -> loaded.toArray(new Class<?>[0]);
                  case "isModifiableClass" -> true;
                  case "retransformClasses" -> {
                    List<Class<?>> classes = List.of((Class<?>[]) arguments[0]);
                    calls.add("" + classes.stream().map(Class::getSimpleName).toList());
                    if (broken != null && classes.contains(broken)) {
                      throw new UnmodifiableClassException("broken");
                    }
                    for (Class<?> type : classes) {
                      transform(type, type);
                    }
                    yield null;
                  }
                  default -> throw new AssertionError(method);
                });
  }

  private byte[] transform(Class<?> type, Class<?> redefined) throws IOException {
    String name = type.getName().replace('.', '/');
    try (InputStream in = type.getClassLoader().getResourceAsStream(name + ".class")) {
      return door.transform(null, type.getClassLoader(), name, redefined, null, in.readAllBytes());
    }
  }

  private static TargetNames names(String... names) {
    TargetNames targets = new TargetNames();
    for (String name : names) {
      targets.add(name, true);
    }
    return targets;
  }

  @Test
  void weavesWhatIsLoadedAndWhatWillBe() throws IOException {
    assertThat(transform(Model.Late.class, null)).as("before").isNull();

    assertThat(changed.replace(names(MODEL), names(MODEL))).isEqualTo(2);

    assertThat(calls).containsExactly("[Model, Fast]");
    assertThat(woven).containsExactly(MODEL + "[]", MODEL + "$Fast[" + MODEL + "]");
    assertThat(transform(Model.Late.class, null)).isNotNull();
    assertThat(woven.get(2)).endsWith("$Late[" + MODEL + "]");
  }

  @Test
  void givesClassesOfATargetThatIsGoneTheirCodeBack() throws IOException {
    changed.replace(names(MODEL), names(MODEL));
    woven.clear();
    calls.clear();

    assertThat(changed.replace(names(), names(MODEL))).isEqualTo(2);

    assertThat(calls).containsExactly("[Model, Fast]");
    assertThat(woven).isEmpty();
    assertThat(transform(Model.Late.class, null)).isNull();
  }

  @Test
  void leavesClassesOfOtherTargetsAlone() {
    TargetNames all = names(MODEL, MODEL + "$Other");

    changed.replace(all, names(MODEL + "$Other"));

    assertThat(calls).containsExactly("[Other]");
  }

  @Test
  void weavesAClassThatWasBeingLoadedMeanwhile() {
    changed.replace(names(MODEL), names(MODEL));
    loaded.add(Model.Late.class);
    calls.clear();

    changed.weaveLate(names(MODEL));

    assertThat(calls).containsExactly("[Model, Fast, Late]");
    assertThat(woven).anyMatch(line -> line.endsWith("$Late[" + MODEL + "]"));
  }

  @Test
  void transformsFewClassesAtOnce() {
    loaded.clear();
    for (int i = 0; i < 2 * ChangedTargets.BATCH + 1; i++) {
      loaded.add(Model.Other.class);
    }

    assertThat(changed.replace(names(MODEL + "$Other"), names(MODEL + "$Other")))
        .isEqualTo(2 * ChangedTargets.BATCH + 1);

    assertThat(calls).hasSize(3);
  }

  @Test
  void countsNoClassThatCannotBeTransformed() {
    broken = Model.class;

    assertThat(changed.replace(names(MODEL), names(MODEL))).isEqualTo(1);
    assertThat(calls).containsExactly("[Model, Fast]", "[Model]", "[Fast]");
  }

  @Test
  void findsClassesBelowALoadedTargetOfALoaderThatShowsNoFiles() throws Exception {
    InMemory loader = new InMemory(Model.class.getName(), Model.Late.class.getName());
    Class<?> model = loader.loadClass(Model.class.getName());
    loaded.add(model);
    byte[] late = loader.file(Model.Late.class.getName());
    String name = Model.Late.class.getName().replace('.', '/');
    assertThat(door.transform(null, loader, name, null, null, late)).isNull();

    changed.replace(names(MODEL), names(MODEL));

    assertThat(door.transform(null, loader, name, null, null, late)).isNotNull();
  }

  /** Other threads load classes while the names are replaced all the time. */
  @Test
  void decidesEachClassWithOneSetOfNames() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Throwable> fault = new AtomicReference<>();
    TargetTransformer busy =
        new TargetTransformer(
            new TargetNames(),
            LoaderSightings.ofTracers(),
            () ->
                (module, loader, name, classFile, supertypes) -> {
                  if (!supertypes.equals(List.of(MODEL))) {
                    fault.set(new AssertionError(name + supertypes));
                  }
                  return classFile;
                });
    String late = Model.Late.class.getName().replace('.', '/');
    byte[] file = new InMemory().file(Model.Late.class.getName());
    Thread thread =
        new Thread(
            () -> {
              while (!over.get()) {
                busy.transform(null, Model.Late.class.getClassLoader(), late, null, null, file);
              }
            });
    thread.setUncaughtExceptionHandler((t, e) -> fault.set(e));
    thread.start();
    for (int i = 0; i < 2_000; i++) {
      busy.replace(names("com/acme/Other" + i), List.of());
      busy.replace(names(MODEL, "com/acme/Other" + i), List.of(Model.class));
      assertThat(busy.transform(null, Model.Late.class.getClassLoader(), late, null, null, file))
          .isNotNull();
    }
    over.set(true);
    thread.join();

    assertThat(fault.get()).isNull();
  }

  /** A loader that defines classes and has no class files to show. */
  private static final class InMemory extends ClassLoader {
    static {
      registerAsParallelCapable();
    }

    private final List<String> own;

    InMemory(String... own) {
      super(ClassLoader.getPlatformClassLoader());
      this.own = List.of(own);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!own.contains(name)) {
        throw new ClassNotFoundException(name);
      }
      byte[] file = file(name);
      return defineClass(name, file, 0, file.length);
    }

    byte[] file(String name) {
      String path = name.replace('.', '/') + ".class";
      try (InputStream in = ChangedTargetsTest.class.getClassLoader().getResourceAsStream(path)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
