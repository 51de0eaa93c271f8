package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.agent.rulefiles.check.ClassFile.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Questions about declared types: what is above them, and which members they have. */
final class TypeWorld {
  private final ClassPath path;
  private final Hierarchy hierarchy;

  TypeWorld(ClassPath path) {
    this.path = path;
    hierarchy = new Hierarchy(path);
  }

  /** A member with its type as seen from the type that was asked. */
  record Typed(ClassFile owner, Member member, JavaType type) {}

  ClassFile find(String name) {
    return path.find(name);
  }

  Set<String> names() {
    return path.names();
  }

  Set<String> subtypes(String name) {
    return hierarchy.subtypes(name);
  }

  /** Returns the type of objects of a class, seen from within. */
  JavaType.Of own(ClassFile file) {
    if (file.signature() == null) {
      return new JavaType.Of(file.name(), List.of());
    }
    return new JavaType.Of(
        file.name(), new ArrayList<>(Signatures.type(file.signature()).variables().values()));
  }

  /** Returns the types directly above a type; none for a class that is not there. */
  List<JavaType.Of> above(JavaType.Of type) {
    ClassFile file = find(type.name());
    List<JavaType.Of> above = new ArrayList<>();
    if (file == null) {
      return above;
    }
    if (file.signature() == null) {
      if (file.superName() != null) {
        above.add(new JavaType.Of(file.superName(), List.of()));
      }
      file.interfaces().forEach(each -> above.add(new JavaType.Of(each, List.of())));
      return above;
    }
    Signatures.ClassTypes types = Signatures.type(file.signature());
    Map<String, JavaType> variables = variables(types, type);
    for (JavaType each : types.supertypes()) {
      if (Signatures.replaced(each, variables) instanceof JavaType.Of of) {
        above.add(of);
      }
    }
    return above;
  }

  private static Map<String, JavaType> variables(Signatures.ClassTypes types, JavaType.Of type) {
    Map<String, JavaType> variables = new HashMap<>();
    int index = 0;
    for (Map.Entry<String, JavaType> variable : types.variables().entrySet()) {
      boolean raw = type.arguments().isEmpty();
      variables.put(variable.getKey(), raw ? variable.getValue() : type.argument(index));
      index++;
    }
    return variables;
  }

  /** Returns a type as one of its super types, or {@code null} if it is none. */
  JavaType.Of as(JavaType.Of type, String supertype) {
    return as(type, supertype, new HashSet<>());
  }

  private JavaType.Of as(JavaType.Of type, String supertype, Set<String> seen) {
    if (type.name().equals(supertype)) {
      return type;
    }
    if (seen.add(type.name())) {
      for (JavaType.Of each : above(type)) {
        JavaType.Of found = as(each, supertype, seen);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Returns a type and all types above it, the class and its super classes first. */
  List<JavaType.Of> lineage(JavaType.Of type) {
    List<JavaType.Of> lineage = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    lineage.add(type);
    seen.add(type.name());
    for (int i = 0; i < lineage.size(); i++) {
      for (JavaType.Of each : above(lineage.get(i))) {
        if (seen.add(each.name())) {
          lineage.add(each);
        }
      }
    }
    if (seen.add(JavaType.OBJECT)) {
      lineage.add(new JavaType.Of(JavaType.OBJECT, List.of()));
    }
    return lineage;
  }

  /** Returns whether the class files of a type and of all types above it are there. */
  boolean isWhole(JavaType.Of type) {
    for (JavaType.Of each : lineage(type)) {
      if (find(each.name()) == null) {
        return false;
      }
    }
    return true;
  }

  /** Returns all members of a type, those of super types included. */
  List<Typed> members(JavaType.Of type, boolean methods) {
    List<Typed> all = new ArrayList<>();
    for (JavaType.Of each : lineage(type)) {
      ClassFile file = find(each.name());
      if (file != null) {
        Map<String, JavaType> variables =
            file.signature() == null
                ? Map.of()
                : variables(Signatures.type(file.signature()), each);
        for (Member member : methods ? file.methods() : file.fields()) {
          JavaType declared = methods ? method(member).result() : Signatures.field(written(member));
          all.add(new Typed(file, member, known(declared, variables)));
        }
      }
    }
    return all;
  }

  /** Returns the types of a method of a class, seen from within the class. */
  Signatures.MethodTypes types(ClassFile owner, Member method) {
    Map<String, JavaType> variables =
        owner.signature() == null
            ? Map.of()
            : Signatures.type(owner.signature()).variables();
    Signatures.MethodTypes types = method(method);
    List<JavaType> parameters = new ArrayList<>();
    for (JavaType parameter : types.parameters()) {
      parameters.add(known(parameter, variables));
    }
    return new Signatures.MethodTypes(parameters, known(types.result(), variables));
  }

  private static Signatures.MethodTypes method(Member method) {
    Signatures.MethodTypes plain = Signatures.method(method.descriptor());
    if (method.signature() == null) {
      return plain;
    }
    Signatures.MethodTypes generic = Signatures.method(method.signature());
    // Signatures leave out parameters that the compiler adds, so they may not fit.
    return generic.parameters().size() == plain.parameters().size() ? generic : plain;
  }

  private static String written(Member member) {
    return member.signature() == null ? member.descriptor() : member.signature();
  }

  private static JavaType known(JavaType type, Map<String, JavaType> variables) {
    JavaType replaced = Signatures.replaced(type, variables);
    return replaced instanceof JavaType.Variable ? JavaType.UNKNOWN : replaced;
  }
}
