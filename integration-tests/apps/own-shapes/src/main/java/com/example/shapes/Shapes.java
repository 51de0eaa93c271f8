package com.example.shapes;

import static com.example.shapes.OwnShapesApp.check;

import java.util.function.UnaryOperator;

/** Classes of every shape that Java has. */
final class Shapes {
  /** A record. */
  record Prompt(String text) {
    String ask() {
      return text;
    }
  }

  /** An enum, one of whose constants has a body. */
  enum Model {
    FAST,
    CAREFUL {
      @Override
      String ask(String prompt) {
        return prompt + "!";
      }
    };

    String ask(String prompt) {
      return prompt;
    }
  }

  /** An inner class. */
  final class Inner {
    String ask(String prompt) {
      return prompt + suffix;
    }
  }

  /** A private class with private and final methods. */
  private static final class Hidden {
    String run(String prompt) {
      return ask(prompt);
    }

    private String ask(String prompt) {
      return prompt;
    }

    final String last(String prompt) {
      return prompt;
    }
  }

  /** Static methods. */
  static final class Statics {
    private Statics() {}

    static String ask(String prompt) {
      return prompt;
    }

    static long count(long n, double factor) {
      return (long) (n * factor);
    }
  }

  /** A type parameter, of which the compiler makes bridges. */
  interface Generic<A, B> {
    B ask(A prompt);

    default B twice(A prompt) {
      ask(prompt);
      return ask(prompt);
    }
  }

  /** Has a bridge for the interface and one for the covariant result. */
  static class Strings implements Generic<String, CharSequence> {
    @Override
    public String ask(String prompt) {
      return prompt;
    }
  }

  /** Has no code of its own but the call of its superclass. */
  static final class MoreStrings extends Strings {
    @Override
    public String ask(String prompt) {
      return super.ask(prompt);
    }
  }

  /** What lambdas and anonymous classes implement. */
  interface Tool {
    int apply(int n);
  }

  /** What only lambdas implement. */
  interface OnlyLambdas {
    int apply(int n);
  }

  /** Has a native method. */
  abstract static class Absent {
    native String foreign(String prompt);

    String complete(String prompt) {
      return prompt;
    }
  }

  /** Loads the class above. */
  static final class Present extends Absent {}

  private final String suffix = "?";

  private Shapes() {}

  static void run() {
    check(new Prompt("a").ask().equals("a"), "record");
    check(Model.FAST.ask("a").equals("a"), "enum");
    check(Model.CAREFUL.ask("a").equals("a!"), "constant with a body");
    Shapes outer = new Shapes();
    check(outer.new Inner().ask("a").equals("a?"), "inner class");
    check(new Hidden().run("a").equals("a"), "private method");
    check(new Hidden().last("a").equals("a"), "final method");
    check(Statics.ask("a").equals("a"), "static method");
    check(Statics.count(4, 0.5) == 2, "static method with primitive arguments");
    Generic<String, CharSequence> generic = new Strings();
    check(generic.ask("a").equals("a"), "bridge");
    check(new MoreStrings().ask("a").equals("a"), "call of the superclass");
    check(generic.twice("a").equals("a"), "default method");
    Tool anonymous =
        new Tool() {
          @Override
          public int apply(int n) {
            return n + 1;
          }
        };
    check(anonymous.apply(1) == 2, "anonymous class");
    Tool lambda = n -> n + 2;
    check(lambda.apply(1) == 3, "lambda");
    OnlyLambdas only = n -> n + 3;
    check(only.apply(1) == 4, "lambda");
    UnaryOperator<String> reference = Statics::ask;
    check(reference.apply("b").equals("b"), "method reference");
    check(new Present().complete("a").equals("a"), "inherited method");
  }
}
