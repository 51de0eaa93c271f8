package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.agent.config.NearestName;
import io.metricsagent.agent.rulefiles.check.ClassFile.Member;
import io.metricsagent.agent.rulefiles.check.TypeWorld.Typed;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;

/** Checks whether values of a type are texts, and whether an enum has a constant. */
final class TextCheck {
  private static final String STRING = "java/lang/String";

  /** Types whose values become texts, besides primitive types and {@code java.time}. */
  private static final List<String> TEXTS =
      List.of(
          "java/lang/CharSequence",
          "java/lang/Number",
          "java/lang/Boolean",
          "java/lang/Character",
          "java/lang/Enum",
          "java/util/UUID",
          "java/net/URI",
          "java/net/URL",
          "java/util/OptionalInt",
          "java/util/OptionalLong",
          "java/util/OptionalDouble");

  /** Methods that say nothing of what an object is. */
  private static final Set<String> OF_ALL_OBJECTS = Set.of("toString", "getClass", "clone");

  private final TypeWorld world;

  TextCheck(TypeWorld world) {
    this.world = world;
  }

  /** Returns a walk to a value that must be a text, or why the value is none. */
  Walk checked(Walk walk, Expression.Path path, String key) {
    JavaType type = value(walk.type());
    if (type instanceof JavaType.Primitive) {
      return walk;
    }
    if (!(type instanceof JavaType.Of of)) {
      return Walk.wrong("a " + type.written() + " is no text; write a path to one");
    }
    if (of.name().equals(JavaType.OBJECT) || isText(of)) {
      return walk;
    }
    ClassFile file = world.find(of.name());
    if (file == null || file.is(Opcodes.ACC_INTERFACE) || !world.isWhole(of) || hasTexts(of)) {
      return Walk.unsure("a " + of.written() + " is a text only if its class is one");
    }
    String member = textMember(of, key);
    return Walk.wrong(
        "a "
            + of.written()
            + " is no text; write a path to one"
            + (member == null ? "" : ", as in " + PathText.of(path) + "." + member));
  }

  /**
   * Returns what is wrong with the comparison of a value with a text: {@code null} if nothing is,
   * or if the value is no constant of an enum.
   */
  String constant(JavaType type, Object text) {
    if (!(value(type) instanceof JavaType.Of of) || !(text instanceof String name)) {
      return null;
    }
    ClassFile file = world.find(of.name());
    if (file == null || !file.is(Opcodes.ACC_ENUM)) {
      return null;
    }
    Set<String> constants = new LinkedHashSet<>();
    for (Member field : file.fields()) {
      if (field.is(Opcodes.ACC_ENUM)) {
        constants.add(field.name());
      }
    }
    if (constants.contains(name)) {
      return null;
    }
    String nearest = NearestName.of(name, constants);
    return of.written()
        + " has no constant "
        + name
        + (nearest == null
            ? "; it has " + String.join(", ", constants.stream().limit(12).toList())
            : "; did you mean " + nearest + "?");
  }

  /** Returns the type of what an optional has; any other type as it is. */
  private static JavaType value(JavaType type) {
    JavaType value = type;
    while (value instanceof JavaType.Of of && of.name().equals("java/util/Optional")) {
      value = of.argument(0);
    }
    return value instanceof JavaType.Variable ? JavaType.UNKNOWN : value;
  }

  private boolean isText(JavaType.Of type) {
    if (type.name().startsWith("java/time/")) {
      return true;
    }
    for (String text : TEXTS) {
      if (world.as(type, text) != null) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a class of the application below a type is a text. */
  private boolean hasTexts(JavaType.Of type) {
    for (String below : world.subtypes(type.name())) {
      if (isText(new JavaType.Of(below, List.of()))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the member with a text whose name is nearest to a key, or the first one. */
  private String textMember(JavaType.Of type, String key) {
    Set<String> names = new LinkedHashSet<>();
    for (Typed method : world.members(type, true)) {
      Member member = method.member();
      if (member.isGetter() && isString(method.type()) && !OF_ALL_OBJECTS.contains(member.name())) {
        names.add(PathCheck.property(member.name()));
      }
    }
    for (Typed field : world.members(type, false)) {
      if (field.member().is(Opcodes.ACC_PUBLIC)
          && !field.member().is(Opcodes.ACC_STATIC)
          && isString(field.type())) {
        names.add(field.member().name());
      }
    }
    String nearest = NearestName.of(key, names);
    return nearest != null || names.isEmpty() ? nearest : names.iterator().next();
  }

  private static boolean isString(JavaType type) {
    return value(type) instanceof JavaType.Of of && of.name().equals(STRING);
  }
}
