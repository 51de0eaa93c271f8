package io.metricsagent.instrumentations.access;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Reads a value of a library object by a path of public no-argument methods, such as {@code
 * metadata().tokenUsage().inputTokenCount()}, or of methods that take a text, such as {@code
 * get(error)}.
 *
 * <p>The agent is not compiled against the library. Each step looks its method up once for each
 * class and stores a {@link MethodHandle} in a {@link ClassValue}, so no class or loader is kept
 * alive. An {@link Optional} is replaced by its content. If a method is missing, a value on the way
 * is null or a getter throws, the value is unknown: {@code null}. Immutable and thread-safe.
 */
public final class Accessor {
  private static final class Step extends Getters {
    private final String method;

    /** The method's argument; {@code null} for a method without arguments. */
    private final String argument;

    Step(String method, String argument, int maxRefusals) {
      super(maxRefusals);
      this.method = method;
      this.argument = argument;
    }

    /** Returns a reader for loops; {@code null} if the step is no getter of a whole number. */
    ToLongFunction<Object> reader(Class<?> type) {
      MethodHandle found = argument == null ? search(type) : null;
      return found == null || !isWhole(found.type().returnType())
          ? null
          : ReaderClass.forLoops(found);
    }

    @Override
    protected MethodHandle find(Class<?> type) {
      if (argument == null) {
        return PublicMembers.method(type, method);
      }
      MethodHandle found = PublicMembers.method(type, method, String.class);
      return found == null ? null : MethodHandles.insertArguments(found, 1, argument);
    }
  }

  private final Step first;

  /** The steps after the first one; {@code null} if there is none, as in most paths. */
  private final Step[] others;

  private final ClassValue<ToLongFunction<Object>> readers =
      new ClassValue<>() {
        @Override
        protected ToLongFunction<Object> computeValue(Class<?> type) {
          ToLongFunction<Object> reader = others == null ? first.reader(type) : null;
          return reader == null ? Accessor.this::readLong : reader;
        }
      };

  private Accessor(List<Step> steps) {
    first = steps.get(0);
    others = steps.size() == 1 ? null : steps.subList(1, steps.size()).toArray(new Step[0]);
  }

  /**
   * Makes an accessor.
   *
   * @param path calls joined by dots: each a method's name with {@code ()}, or with one text
   *     argument, which contains no dot
   * @throws IllegalArgumentException if the path has another form
   */
  public static Accessor path(String path) {
    return path(path, Getters.MAX_REFUSALS);
  }

  /**
   * Makes an accessor of getters that throw for some objects of a class, and not for others, so
   * they are called for each object, however many have thrown. For what is read seldom.
   *
   * @throws IllegalArgumentException as {@link #path}
   */
  public static Accessor pathThatMayThrow(String path) {
    return path(path, Integer.MAX_VALUE);
  }

  private static Accessor path(String path, int maxRefusals) {
    List<Step> steps = new ArrayList<>();
    for (String part : path.split("\\.", -1)) {
      int open = part.indexOf('(');
      if (open < 1 || !part.endsWith(")")) {
        throw new IllegalArgumentException(
            "expected a path such as metadata().modelName(), not " + path);
      }
      String argument = part.substring(open + 1, part.length() - 1);
      steps.add(
          new Step(part.substring(0, open), argument.isEmpty() ? null : argument, maxRefusals));
    }
    return new Accessor(steps);
  }

  /** Returns the value, or {@code null} if it is unknown. */
  public Object read(Object from) {
    Object value = from == null ? null : first.readOrNull(from);
    return others == null ? value : readOn(value);
  }

  private Object readOn(Object from) {
    Object value = from;
    for (int i = 0; i < others.length && value != null; i++) {
      value = others[i].readOrNull(value);
    }
    return value;
  }

  /** Returns a text, or {@code null} if it is unknown or blank. */
  public String readString(Object from) {
    Object value = read(from);
    if (value == null) {
      return null;
    }
    String text = value.toString();
    return text.isBlank() ? null : text;
  }

  /**
   * Returns a number, or -1 if it is unknown or negative. Allocates nothing where the path is one
   * method that returns a primitive whole number.
   */
  public long readLong(Object from) {
    if (from == null) {
      return -1;
    }
    return others == null ? first.readLong(from) : Getters.asLong(read(from));
  }

  /**
   * Returns what reads the same number as {@link #readLong} in a loop over many objects of one
   * class. A path of one getter that returns a primitive whole number costs no more there than the
   * getter itself; its negative numbers are returned as they are.
   */
  public ToLongFunction<Object> inLoopsOver(Class<?> type) {
    return readers.get(type);
  }
}
