package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.agent.config.NearestName;
import io.metricsagent.agent.rulefiles.check.ClassFile.Member;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.TargetType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.Opcodes;

/** Finds the methods that the weaver would weave, or says why there are none. */
final class Targets {
  /** How the descriptors of suspending functions end. */
  private static final String SUSPENDS = "Lkotlin/coroutines/Continuation;)Ljava/lang/Object;";

  private final TypeWorld world;

  Targets(TypeWorld world) {
    this.world = world;
  }

  /** A method with the class that declares it. */
  record Target(ClassFile owner, Member method) {
    String written() {
      return owner.written() + "." + method.written();
    }
  }

  /**
   * The methods of a rule's type and its subtypes that a name stands for.
   *
   * @param woven those that have code
   * @param suspended suspending functions of Kotlin, where they cannot be measured
   */
  record Found(
      List<Target> woven, List<Target> abstracts, List<Target> natives, List<Target> suspended) {}

  /** Returns why there is no class of this name, with the nearest one. */
  String noClass(String name) {
    String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    Set<String> same = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    for (String each : world.names()) {
      String written = ClassFile.written(each);
      all.add(written);
      if (written.endsWith("." + simple) || written.endsWith("$" + simple)) {
        same.add(written);
      }
    }
    String nearest = NearestName.of(name, same.isEmpty() ? all : same);
    nearest = nearest == null && !same.isEmpty() ? same.iterator().next() : nearest;
    return "the class path has no class "
        + name
        + (nearest == null
            ? "; write the full name of a class"
            : "; did you mean " + nearest + "?");
  }

  /**
   * Finds the methods that a target stands for.
   *
   * @param follows whether a call may go on after its method, as those of adapters and tools
   */
  Found find(ClassFile type, boolean subtypes, MethodTarget target, boolean follows) {
    Found found =
        new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    collect(type, target, follows, found);
    if (subtypes) {
      for (String below : world.subtypes(type.name())) {
        ClassFile file = world.find(below);
        if (file != null) {
          collect(file, target, follows, found);
        }
      }
    }
    return found;
  }

  private static void collect(ClassFile file, MethodTarget target, boolean follows, Found found) {
    for (Member method : file.methods()) {
      if (method.name().charAt(0) == '<' // the weaver goes by names alone, and these never match
          || !target.matches(method.name(), method.descriptor())
          || method.is(Opcodes.ACC_BRIDGE)) {
        continue;
      }
      List<Target> list = found.woven();
      if (!follows && method.descriptor().endsWith(SUSPENDS)) {
        list = found.suspended();
      } else if (method.is(Opcodes.ACC_ABSTRACT)) {
        list = found.abstracts();
      } else if (method.is(Opcodes.ACC_NATIVE)) {
        list = found.natives();
      }
      list.add(new Target(file, method));
    }
  }

  /** Returns why nothing is woven. */
  String nothing(ClassFile type, TargetType named, MethodTarget target, Found found) {
    String name = target.name();
    if (!found.suspended().isEmpty()) {
      return found.suspended().get(0).written()
          + " is a suspending function of Kotlin, which only the methods of adapters and tools may"
          + " be; name a function that does not suspend";
    }
    if (!found.natives().isEmpty()) {
      return found.natives().get(0).written()
          + " is native, which cannot be measured; name the method that calls it";
    }
    if (!found.abstracts().isEmpty()) {
      return found.abstracts().get(0).written()
          + " is abstract, and "
          + (named.subtypes()
              ? "no subtype on the class path has code for it; name a class that has, since a"
                  + " lambda cannot be measured"
              : "its subtypes are left out; leave subtypes: false out");
    }
    Set<String> inherited = new TreeSet<>();
    for (JavaType.Of above : world.lineage(world.own(type))) {
      ClassFile file = world.find(above.name());
      for (Member method : file == null ? List.<Member>of() : file.methods()) {
        if (target.matches(method.name(), method.descriptor())) {
          inherited.add(file.written());
        }
      }
    }
    if (!inherited.isEmpty()) {
      return type.written()
          + " inherits "
          + name
          + "; write the type that declares it: "
          + String.join(" or ", inherited);
    }
    return missing(type, named, name);
  }

  private String missing(ClassFile type, TargetType named, String name) {
    Set<String> overloads = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    List<ClassFile> files = new ArrayList<>(List.of(type));
    if (named.subtypes()) {
      world.subtypes(type.name()).stream()
          .map(world::find)
          .filter(file -> file != null)
          .forEach(files::add);
    }
    for (ClassFile file : files) {
      for (Member method : file.methods()) {
        if (method.name().charAt(0) != '<' && !method.is(Opcodes.ACC_SYNTHETIC)) {
          names.add(method.name());
          if (method.name().equals(name)) {
            overloads.add(method.written());
          }
        }
      }
    }
    if (!overloads.isEmpty()) {
      return type.written()
          + " has no "
          + name
          + " with these parameters; write "
          + String.join(" or ", overloads);
    }
    String nearest = NearestName.of(name, names);
    return type.written()
        + " has no method "
        + name
        + (nearest != null
            ? "; did you mean " + nearest + "?"
            : names.isEmpty()
                ? "; name a type with methods"
                : "; it has " + String.join(", ", names.stream().limit(12).toList()));
  }
}
