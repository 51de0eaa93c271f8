package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.agent.config.NearestName;
import io.metricsagent.agent.rulefiles.check.ClassFile.Member;
import io.metricsagent.agent.rulefiles.check.TypeWorld.Typed;
import io.metricsagent.instrumentations.user.values.Expression.Step;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.Opcodes;

/** Follows the steps of a path through declared types. Not thread-safe. */
final class PathCheck {
  /** So many subtypes are looked through for a member that a type lacks. */
  private static final int MAX_SUBTYPES = 500;

  private static final String MAP = "java/util/Map";
  private static final String LIST = "java/util/List";
  private static final String COLLECTION = "java/util/Collection";
  private static final String THROWABLE = "java/lang/Throwable";

  private final TypeWorld world;

  PathCheck(TypeWorld world) {
    this.world = world;
  }

  /** Follows steps from a type. */
  Walk follow(JavaType start, List<Step> steps) {
    Walk walk = Walk.to(start);
    for (Step step : steps) {
      walk = step(walk.type(), step);
      if (walk.type() == null) {
        return walk;
      }
    }
    return walk;
  }

  private Walk step(JavaType type, Step step) {
    if (type instanceof JavaType.Array array) {
      return step instanceof Step.Index || step instanceof Step.Each
          ? Walk.to(array.element())
          : Walk.wrong(type.written() + " is an array; write the number of an element, as in [0]");
    }
    if (!(type instanceof JavaType.Of of)) {
      return Walk.wrong(
          "nothing can follow a value of type " + type.written() + "; leave the rest out");
    }
    if (of.name().equals("java/util/Optional")) {
      return step(Walk.to(of.argument(0)).type(), step); // as at run time
    }
    if (of.name().equals(JavaType.OBJECT)) {
      return Walk.unsure("its declared type is not known");
    }
    if (world.find(of.name()) == null) {
      return Walk.unsure(of.written() + " is not on the class path");
    }
    if (step instanceof Step.Property property) {
      return property(of, property.name());
    }
    if (step instanceof Step.Call call) {
      return call(of, call.method());
    }
    if (step instanceof Step.Key) {
      return element(of, MAP, 1, " is no map; write the name of a method or field, as in .name");
    }
    if (step instanceof Step.Each && world.as(of, MAP) != null) {
      return Walk.to(world.as(of, MAP).argument(1));
    }
    return step instanceof Step.Each
        ? element(of, COLLECTION, 0, " is no collection; leave [*] out")
        : element(of, LIST, 0, " is no list; write the name of a method or field, as in .name");
  }

  /** Goes to the elements of a list or the values of a map. */
  private Walk element(JavaType.Of type, String expected, int argument, String wrong) {
    JavaType.Of collection = world.as(type, expected);
    if (collection != null) {
      return Walk.to(collection.argument(argument));
    }
    for (String below : some(type.name())) {
      if (world.as(new JavaType.Of(below, List.of()), expected) != null) {
        return Walk.unsure("only subtypes of " + type.written() + " have elements");
      }
    }
    if (world.as(new JavaType.Of(expected, List.of()), type.name()) != null) {
      return Walk.unsure("only subtypes of " + type.written() + " have such elements");
    }
    return world.isWhole(type)
        ? Walk.wrong(type.written() + wrong)
        : Walk.unsure("a type above " + type.written() + " is not on the class path");
  }

  private Walk property(JavaType.Of type, String name) {
    List<Typed> methods = world.members(type, true);
    String[] getters = {name, getter("get", name), getter("is", name)};
    for (String getter : getters) {
      for (Typed method : methods) {
        if (method.member().name().equals(getter) && method.member().isGetter()) {
          return Walk.to(method.type());
        }
      }
    }
    List<Typed> fields = world.members(type, false);
    for (Typed field : fields) {
      if (field.member().name().equals(name)
          && field.member().is(Opcodes.ACC_PUBLIC)
          && !field.member().is(Opcodes.ACC_STATIC)) {
        return Walk.to(field.type());
      }
    }
    JavaType.Of map = world.as(type, MAP);
    if (map != null) {
      return map.argument(1).equals(JavaType.UNKNOWN)
          ? Walk.unsure("the values of a map have no declared type")
          : Walk.to(map.argument(1));
    }
    for (String getter : getters) {
      for (Typed method : methods) {
        if (method.member().name().equals(getter) && method.member().isReadable()) {
          return Walk.wrong(
              getter + "() of " + type.written() + " is not public; write a public method");
        }
      }
    }
    return missing(type, getters, name, methods, fields);
  }

  private Walk call(JavaType.Of type, String name) {
    List<Typed> methods = world.members(type, true);
    boolean exists = false;
    for (Typed method : methods) {
      if (method.member().name().equals(name)) {
        if (method.member().isGetter()) {
          return Walk.to(method.type());
        }
        exists = true;
      }
    }
    return exists
        ? Walk.wrong(
            name
                + " of "
                + type.written()
                + " is not public, has arguments or no result; write a public method without"
                + " arguments")
        : missing(type, new String[] {name}, name, methods, List.of());
  }

  /** Returns what a member is called that a type does not have. */
  private Walk missing(
      JavaType.Of type, String[] getters, String name, List<Typed> methods, List<Typed> fields) {
    if (!world.isWhole(type)) {
      return Walk.unsure("a type above " + type.written() + " is not on the class path");
    }
    for (String below : some(type.name())) {
      ClassFile file = world.find(below);
      for (Member member : file == null ? List.<Member>of() : file.methods()) {
        if (member.isGetter() && List.of(getters).contains(member.name())) {
          return Walk.unsure(
              "only "
                  + file.written()
                  + " and other subtypes of "
                  + type.written()
                  + " have "
                  + name);
        }
      }
    }
    if (isThrowable(type) && !world.find(type.name()).is(Opcodes.ACC_FINAL)) {
      return Walk.unsure("only subtypes of " + type.written() + " may have " + name);
    }
    Set<String> names = new TreeSet<>();
    methods.stream()
        .filter(method -> method.member().isGetter())
        .filter(method -> !method.owner().name().equals(JavaType.OBJECT))
        .forEach(method -> names.add(property(method.member().name())));
    fields.stream()
        .filter(field -> field.member().is(Opcodes.ACC_PUBLIC))
        .filter(field -> !field.member().is(Opcodes.ACC_STATIC))
        .forEach(field -> names.add(field.member().name()));
    String nearest = NearestName.of(name, names);
    return Walk.wrong(
        type.written()
            + " has no "
            + name
            + (nearest != null
                ? "; did you mean " + nearest + "?"
                : names.isEmpty()
                    ? "; it has nothing that can be read, as fields and methods must be public"
                    : "; it has " + String.join(", ", names.stream().limit(12).toList())));
  }

  private boolean isThrowable(JavaType.Of type) {
    return world.as(type, THROWABLE) != null;
  }

  private List<String> some(String type) {
    return world.subtypes(type).stream().limit(MAX_SUBTYPES).toList();
  }

  private static String getter(String prefix, String name) {
    int first = name.codePointAt(0);
    return prefix
        + Character.toString(Character.toUpperCase(first))
        + name.substring(Character.charCount(first));
  }

  /** Returns the property that a method is the getter of, or the method's own name. */
  static String property(String method) {
    for (String prefix : List.of("get", "is")) {
      if (method.length() > prefix.length()
          && method.startsWith(prefix)
          && Character.isUpperCase(method.charAt(prefix.length()))) {
        return Character.toLowerCase(method.charAt(prefix.length()))
            + method.substring(prefix.length() + 1);
      }
    }
    return method;
  }
}
