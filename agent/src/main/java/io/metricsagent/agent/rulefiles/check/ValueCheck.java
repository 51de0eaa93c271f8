package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.agent.rulefiles.check.ClassFile.Member;
import io.metricsagent.agent.rulefiles.check.Part.Value;
import io.metricsagent.agent.rulefiles.check.Targets.Target;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Expression.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Checks whether the paths of a value lead somewhere at a call of a method. */
final class ValueCheck {
  private static final JavaType.Of THROWABLE = new JavaType.Of("java/lang/Throwable", List.of());

  private final TypeWorld world;
  private final PathCheck paths;
  private final Results results;
  private final TextCheck texts;

  ValueCheck(TypeWorld world) {
    this.world = world;
    paths = new PathCheck(world);
    results = new Results(world);
    texts = new TextCheck(world);
  }

  /** Follows the paths of a value at the calls of a method. */
  List<Walk> of(Part part, Value value, Target target) {
    List<Walk> walks = new ArrayList<>();
    for (Expression.Path path : paths(value.expression())) {
      Walk walk = follow(part, path, target);
      walks.add(value.expression() == path ? checked(value, path, walk) : walk);
    }
    constants(part, value.expression(), target, walks);
    return walks;
  }

  /** Adds what is wrong where a constant of an enum is compared with a text. */
  private void constants(Part part, Expression expression, Target target, List<Walk> walks) {
    if (expression instanceof Expression.Not not) {
      constants(part, not.operand(), target, walks);
    } else if (expression instanceof Expression.Equal equal) {
      constant(part, equal.left(), equal.right(), target, walks);
      constant(part, equal.right(), equal.left(), target, walks);
    }
  }

  private void constant(
      Part part, Expression value, Expression text, Target target, List<Walk> walks) {
    if (value instanceof Expression.Path path && text instanceof Expression.Literal literal) {
      String wrong = texts.constant(follow(part, path, target).type(), literal.value());
      if (wrong != null) {
        walks.add(Walk.wrong(wrong));
      }
    }
  }

  /** Follows the path of a value that is read from an object outside of calls. */
  Walk ofObject(JavaType.Of type, Value value) {
    Expression.Path path = (Expression.Path) value.expression();
    return checked(value, path, paths.follow(type, path.steps()));
  }

  private Walk follow(Part part, Expression.Path path, Target target) {
    Walk root = root(part, path, target);
    return root.type() == null ? root : paths.follow(root.type(), path.steps());
  }

  private Walk root(Part part, Expression.Path path, Target target) {
    Member method = target.method();
    switch (path.root()) {
      case THIS -> {
        return method.is(Opcodes.ACC_STATIC)
            ? Walk.wrong(target.written() + " is static; begin with arg[0], or write a text")
            : Walk.to(world.own(target.owner()));
      }
      case ARGUMENT -> {
        List<JavaType> parameters = world.types(target.owner(), method).parameters();
        return path.argument() < parameters.size()
            ? Walk.to(parameters.get(path.argument()))
            : Walk.wrong(
                target.written()
                    + " has no arg["
                    + path.argument()
                    + "]; "
                    + (parameters.isEmpty()
                        ? "begin with this, or write a text"
                        : "write a number below " + parameters.size()));
      }
      case RETURN -> {
        JavaType result = results.of(target.owner(), method);
        if (!result.written().equals("void")) {
          return Walk.to(result);
        }
        return part.what().equals("methods") && results.mayBeTold(method)
            ? Walk.unsure("only the callback of " + target.written() + " shows what it returns")
            : Walk.wrong(target.written() + " returns nothing; begin with this or arg[0]");
      }
      case THROWN -> {
        return Walk.to(THROWABLE);
      }
      default -> {
        return message(part, target);
      }
    }
  }

  /** Returns the type of a message. */
  private Walk message(Part part, Target target) {
    if (part.message() instanceof Expression.Path path && path.root() != Root.MESSAGE) {
      Walk walk = follow(part, path, target);
      return walk.type() == null ? walk : Walk.to(results.message(walk.type()));
    }
    JavaType result = results.of(target.owner(), target.method());
    List<JavaType> parameters = world.types(target.owner(), target.method()).parameters();
    if (!result.written().equals("void")) {
      return Walk.to(results.message(result));
    }
    return parameters.isEmpty()
        ? Walk.wrong(target.written() + " has neither result nor argument; name another method")
        : Walk.to(results.message(parameters.get(0)));
  }

  /** Returns a walk, or an error if it does not lead to what the value must be. */
  private Walk checked(Value value, Expression.Path path, Walk walk) {
    if (walk.type() == null || value.kind() == Part.Kind.ANY) {
      return walk;
    }
    if (value.kind() == Part.Kind.TEXT) {
      return texts.checked(walk, path, value.key());
    }
    if (mayBeNumber(walk.type())) {
      return walk;
    }
    if (walk.type() instanceof JavaType.Of of && of.name().equals("java/lang/String")) {
      return Walk.unsure("a java.lang.String is a number only if it has nothing but digits");
    }
    return Walk.wrong("a " + walk.type().written() + " is no number; write a path to one");
  }

  private boolean mayBeNumber(JavaType type) {
    if (type instanceof JavaType.Primitive primitive) {
      return !primitive.written().equals("boolean");
    }
    if (!(type instanceof JavaType.Of of)) {
      return false;
    }
    return of.name().equals(JavaType.OBJECT)
        || of.name().startsWith("java/util/Optional")
        || world.find(of.name()) == null
        || world.as(of, "java/lang/Number") != null
        || world.as(new JavaType.Of("java/lang/Long", List.of()), of.name()) != null;
  }

  /** Returns the paths in an expression. */
  private static List<Expression.Path> paths(Expression expression) {
    if (expression instanceof Expression.Path path) {
      return List.of(path);
    }
    if (expression instanceof Expression.Not not) {
      return paths(not.operand());
    }
    List<Expression.Path> all = new ArrayList<>();
    if (expression instanceof Expression.Equal equal) {
      all.addAll(paths(equal.left()));
      all.addAll(paths(equal.right()));
    }
    return all;
  }

  /** Adds the numbers of the arguments that an expression reads. */
  static void arguments(Expression expression, Set<Integer> numbers) {
    for (Expression.Path path : paths(expression)) {
      if (path.root() == Root.ARGUMENT) {
        numbers.add(path.argument());
      }
    }
  }

  /** Returns the type of an argument; a word of its own if the method does not have it. */
  static String argumentType(Member method, int argument) {
    Type[] types = Type.getArgumentTypes(method.descriptor());
    return argument < types.length ? types[argument].getDescriptor() : "none";
  }
}
