package io.metricsagent.bootstrap.targets;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.loaded.Model;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedTargetsTest {
  private static final Class<?>[] LOADED = {
    String.class, Model.Fast[].class, Model.Other.class, Model.Fast.class, Model.class,
  };

  private final TargetNames names = new TargetNames();
  private final Jvm jvm = new Jvm();
  private final Instrumentation instrumentation =
      (Instrumentation)
          Proxy.newProxyInstance(
              getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, jvm);
  private final List<String> woven = new ArrayList<>();
  private final TargetTransformer door =
      new TargetTransformer(
          names,
          LoaderSightings.ofTracers(),
          () ->
              (module, loader, name, classFile, supertypes) -> {
                woven.add(name + supertypes);
                return classFile;
              });
  private final LoadedTargets loaded = new LoadedTargets(instrumentation, door);

  @Test
  void findsTargetsAndSubtypesOfTargets() {
    names.add("com/example/loaded/Model", true);

    assertThat(loaded.beforeMain(LoaderSightings.ofTracers()))
        .containsExactly(Model.class, Model.Fast.class);
  }

  @Test
  void findsNoSubtypesOfATargetWhoseSubtypesAreNoTargets() {
    names.add("com/example/loaded/Model", false);

    assertThat(loaded.beforeMain(LoaderSightings.ofTracers())).containsExactly(Model.class);
  }

  @Test
  void weavesTheTargetsThatItFoundAndNoClassThatTheFrontDoorHasWoven() {
    names.add("com/example/loaded/Model", true);
    names.add("com/example/loaded/Model$Other", false);

    loaded.weave(List.of(Model.Fast.class));

    assertThat(jvm.calls).containsExactly("addTransformer", "retransform [Fast]");
    assertThat(transform(Model.Fast.class, Model.Fast.class)).isNotNull();
    assertThat(transform(Model.Fast.class, Model.Fast.class)).as("once more").isNotNull();
    assertThat(transform(Model.Other.class, Model.Other.class)).as("not found").isNull();
    assertThat(transform(Model.Other.class, null)).as("being loaded").isNull();
    String fast = "com/example/loaded/Model$Fast[com/example/loaded/Model]";
    assertThat(woven).containsExactly(fast, fast);
  }

  @Test
  void aClassThatCannotBeTransformedDoesNotAffectTheOthers() {
    jvm.broken = Model.class;

    loaded.weave(List.of(Model.class, Model.Fast.class));

    assertThat(jvm.calls)
        .containsExactly(
            "addTransformer",
            "retransform [Model, Fast]",
            "retransform [Model]",
            "retransform [Fast]");
  }

  private byte[] transform(Class<?> type, Class<?> redefined) {
    return loaded.transform(
        null,
        type.getClassLoader(),
        type.getName().replace('.', '/'),
        redefined,
        null,
        new byte[] {1});
  }

  /** Answers as a JVM with a few classes. */
  private static final class Jvm implements InvocationHandler {
    private final List<String> calls = new ArrayList<>();
    private Class<?> broken;

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments)
        throws UnmodifiableClassException {
      switch (method.getName()) {
        case "getInitiatedClasses":
          return LOADED;
        case "isModifiableClass":
          return true;
        case "addTransformer":
          calls.add("addTransformer");
          assertThat(arguments[0]).isInstanceOf(ClassFileTransformer.class);
          assertThat(arguments[1]).as("can retransform").isEqualTo(true);
          return null;
        case "retransformClasses":
          List<Class<?>> classes = List.of((Class<?>[]) arguments[0]);
          calls.add("retransform " + classes.stream().map(Class::getSimpleName).toList());
          if (broken != null && classes.contains(broken)) {
            throw new UnmodifiableClassException("broken");
          }
          return null;
        default:
          throw new AssertionError(method);
      }
    }
  }
}
