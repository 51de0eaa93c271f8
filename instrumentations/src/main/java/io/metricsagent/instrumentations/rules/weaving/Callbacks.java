package io.metricsagent.instrumentations.rules.weaving;

import net.bytebuddy.jar.asm.Type;

/**
 * Which arguments of a method may be told how its call ends, as far as the method's declaration
 * says. Only methods without a result have such arguments, and suspending functions of Kotlin,
 * whose last argument is the one. Whether an argument is a callback is decided at the call, since
 * no class is looked up while another one is woven. Stateless apart from the declaration.
 */
final class Callbacks {
  private static final String CONTINUATION = "Lkotlin/coroutines/Continuation;";
  private static final String SUBSCRIBER = "Ljava/util/concurrent/Flow$Subscriber;";
  private static final String COMPLETION = "Ljava/nio/channels/CompletionHandler;";
  private static final String BI_CONSUMER = "Ljava/util/function/BiConsumer;";

  private final Type[] parameters;
  private final boolean isVoid;
  private final boolean suspends;
  private final boolean takesErrors;

  private Callbacks(String descriptor, String signature) {
    parameters = Type.getArgumentTypes(descriptor);
    isVoid = descriptor.endsWith(")V");
    suspends = suspends(descriptor);
    takesErrors = signature != null && takesErrors(signature);
  }

  /**
   * Reads a declaration.
   *
   * @param signature with type arguments, or {@code null} if there are none
   */
  static Callbacks of(String descriptor, String signature) {
    return new Callbacks(descriptor, signature);
  }

  /** Returns whether a method is a suspending function of Kotlin. */
  static boolean suspends(String descriptor) {
    return descriptor.endsWith(CONTINUATION.concat(")Ljava/lang/Object;"));
  }

  /**
   * Returns whether a {@code BiConsumer} of the method takes an exception as its second argument.
   */
  private static boolean takesErrors(String signature) {
    int from = signature.indexOf("Ljava/util/function/BiConsumer<");
    return from >= 0
        && (signature.indexOf("Ljava/lang/Throwable;>;", from) > 0
            || signature.indexOf("Ljava/lang/Exception;>;", from) > 0);
  }

  /**
   * Returns whether a result may go on after its method. The constant of a type makes the class's
   * loader look it up, so there is none for the common types that cannot.
   */
  static boolean mayGoOn(Type result) {
    String name = result.getDescriptor();
    return result.getSort() == Type.OBJECT
        && (!name.startsWith("Ljava/lang/")
            || name.equals("Ljava/lang/Object;")
            || name.equals("Ljava/lang/AutoCloseable;"));
  }

  /** Returns whether the method is a suspending function of Kotlin. */
  boolean suspends() {
    return suspends;
  }

  /** Returns whether an argument may be a callback. */
  boolean mayBe(int index) {
    Type type = parameters[index];
    if (suspends) {
      return index == parameters.length - 1;
    }
    if (!isVoid || type.getSort() != Type.OBJECT) {
      return false;
    }
    String name = type.getDescriptor();
    return switch (name) {
      case SUBSCRIBER, COMPLETION -> true;
      case BI_CONSUMER -> takesErrors;
      default -> !name.startsWith("Ljava/") && !name.startsWith("Lkotlin/");
    };
  }
}
