package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.agent.rulefiles.check.ClassFile.Member;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** What the root {@code return} is: what a future or a publisher delivers at last. */
final class Results {
  /** Types whose first type argument is what they deliver. */
  private static final List<String> DELIVER =
      List.of(
          "java/util/concurrent/CompletionStage",
          "java/util/concurrent/Future",
          "java/util/concurrent/Flow$Publisher",
          "org/reactivestreams/Publisher",
          "io/reactivex/Single",
          "io/reactivex/Maybe",
          "io/reactivex/Observable",
          "io/reactivex/rxjava3/core/Single",
          "io/reactivex/rxjava3/core/Maybe",
          "io/reactivex/rxjava3/core/Observable",
          "kotlinx/coroutines/flow/Flow",
          "kotlinx/coroutines/Deferred",
          "com/google/common/util/concurrent/ListenableFuture",
          "scala/concurrent/Future",
          "java/util/Iterator",
          "java/util/stream/BaseStream");

  /** The last parameter of a Kotlin function that may be suspended. */
  private static final String CONTINUATION = "kotlin/coroutines/Continuation";

  /** Interfaces of the JDK that tell a result. */
  private static final List<String> CALLBACKS =
      List.of(
          "java/util/concurrent/Flow$Subscriber",
          "java/nio/channels/CompletionHandler",
          "java/util/function/BiConsumer");

  private static final String OPTIONAL = "java/util/Optional";
  private static final String COLLECTION = "java/util/Collection";

  private final TypeWorld world;

  Results(TypeWorld world) {
    this.world = world;
  }

  /** Returns the type of what a method delivers. */
  JavaType of(ClassFile owner, Member method) {
    Signatures.MethodTypes types = world.types(owner, method);
    List<JavaType> parameters = types.parameters();
    if (!parameters.isEmpty()
        && parameters.get(parameters.size() - 1) instanceof JavaType.Of last
        && last.name().equals(CONTINUATION)) {
      return last.argument(0);
    }
    JavaType result = types.result();
    if (result instanceof JavaType.Of of) {
      for (String type : DELIVER) {
        if (of.name().equals(type)) {
          return of.argument(0);
        }
        JavaType.Of delivering = world.as(of, type);
        if (delivering != null) {
          return delivering.argument(0);
        }
      }
    }
    return result;
  }

  /**
   * Returns whether a method without a result may have a callback that tells the result. The rules
   * are those of the weaver, which decides at the call.
   */
  boolean mayBeTold(Member method) {
    for (Type type : Type.getArgumentTypes(method.descriptor())) {
      if (type.getSort() == Type.OBJECT) {
        ClassFile file = world.find(type.getInternalName());
        boolean isInterface = file == null || file.is(Opcodes.ACC_INTERFACE);
        if (isInterface
            && (CALLBACKS.contains(type.getInternalName())
                || !type.getInternalName().startsWith("java/"))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the type of a message in what a method hands over: elements are messages. */
  JavaType message(JavaType handed) {
    if (handed instanceof JavaType.Array array) {
      return array.element();
    }
    if (handed instanceof JavaType.Of of) {
      if (of.name().equals(OPTIONAL)) {
        return of.argument(0);
      }
      JavaType.Of collection = world.as(of, COLLECTION);
      return collection == null ? of : collection.argument(0);
    }
    return handed;
  }
}
