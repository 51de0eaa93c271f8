package io.metricsagent.instrumentations.results;

import io.metricsagent.instrumentations.access.StandIn;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the methods of a callback interface mean. Only interfaces that leave no doubt have a shape:
 * those with a method for errors that takes an exception and a method for the end, by names that
 * libraries use for them, and those whose only method takes a value and an exception. Immutable.
 */
final class CallbackShape {
  private enum Role {
    SUBSCRIPTION,
    PIECE,
    END,
    FAILURE,
    CANCELLATION,
    VALUE_OR_FAILURE
  }

  private static final Set<String> ENDS =
      Set.of(
          "onComplete",
          "onCompleted",
          "onCompletion",
          "onCompleteResponse",
          "onFinish",
          "onFinished",
          "onDone",
          "onSuccess",
          "onResponse",
          "onResult",
          "completed");

  private static final Set<String> FAILURES =
      Set.of("onError", "onFailure", "onFailed", "onException", "failed");

  private static final Set<String> PIECES =
      Set.of(
          "onNext", "onPartialResponse", "onPartial", "onToken", "onChunk", "onPiece", "onDelta");

  private static final Set<String> CANCELLATIONS = Set.of("onCancel", "onCancelled", "cancelled");

  private static final ClassValue<CallbackShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected CallbackShape computeValue(Class<?> type) {
          try {
            return find(type);
          } catch (LinkageError e) { // a method has a type that the application does without
            return null;
          }
        }
      };

  private final Map<String, Role> roles;

  private CallbackShape(Map<String, Role> roles) {
    this.roles = roles;
  }

  /** Returns the shape of an interface, or {@code null} if its methods may mean anything. */
  static CallbackShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static CallbackShape find(Class<?> type) {
    Map<String, Role> roles = new HashMap<>();
    Method only = null;
    int abstractMethods = 0;
    for (Method method : type.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      if (Modifier.isAbstract(method.getModifiers())) {
        abstractMethods++;
        only = method;
      }
      Role role = role(method);
      if (role != null) {
        roles.put(method.getName(), role);
      }
    }
    if (roles.containsValue(Role.END) && roles.containsValue(Role.FAILURE)) {
      return new CallbackShape(Map.copyOf(roles));
    }
    return abstractMethods == 1 && takesValueAndError(only)
        ? new CallbackShape(Map.of(only.getName(), Role.VALUE_OR_FAILURE))
        : null;
  }

  private static Role role(Method method) {
    String name = method.getName();
    if (FAILURES.contains(name)) {
      return errorIndex(method) < 0 ? null : Role.FAILURE;
    }
    if (ENDS.contains(name)) {
      return Role.END;
    }
    if (PIECES.contains(name)) {
      return Role.PIECE;
    }
    if (CANCELLATIONS.contains(name)) {
      return Role.CANCELLATION;
    }
    return name.equals("onSubscribe") && method.getParameterCount() == 1 ? Role.SUBSCRIPTION : null;
  }

  private static int errorIndex(Method method) {
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      if (Throwable.class.isAssignableFrom(types[i])) {
        return i;
      }
    }
    return -1;
  }

  /**
   * {@code accept} of a {@code BiConsumer} takes two objects; the method's declaration has shown
   * that the second one is an exception.
   */
  private static boolean takesValueAndError(Method method) {
    Class<?>[] types = method.getParameterTypes();
    return types.length == 2
        && method.getReturnType() == void.class
        && !types[0].isPrimitive()
        && !Throwable.class.isAssignableFrom(types[0])
        && (Throwable.class.isAssignableFrom(types[1])
            || method.getDeclaringClass() == java.util.function.BiConsumer.class);
  }

  /** Returns whether the answer comes in pieces. */
  boolean isStreamed() {
    return roles.containsValue(Role.PIECE);
  }

  /** The stand-in of a callback. */
  static final class Listener extends StandIn {
    private final CallbackShape shape;
    private volatile OpenCall call;
    private volatile Object last;

    Listener(Object callback, CallbackShape shape) {
      super(callback);
      this.shape = shape;
    }

    void tells(OpenCall newCall) {
      call = newCall;
    }

    @Override
    protected Call around(Method method) {
      Role role = shape.roles.get(method.getName());
      return role == null ? null : new Telling(role, method);
    }

    /** One call of the callback. */
    private final class Telling implements Call {
      private final Role role;
      private final Method method;
      private long startNanos;

      Telling(Role role, Method method) {
        this.role = role;
        this.method = method;
      }

      @Override
      public void before(Object[] args) {
        try {
          tell(args);
        } finally {
          startNanos = System.nanoTime();
        }
      }

      private void tell(Object[] args) {
        switch (role) {
          case SUBSCRIPTION ->
              args[0] = new Subscription(args[0], call).as(method.getParameterTypes()[0]);
          case PIECE -> {
            last = args.length == 0 ? null : args[0];
            call.piece(last);
          }
          case END -> call.ended(args.length == 0 ? last : args[0]);
          case CANCELLATION -> call.cancelled();
          case FAILURE -> call.failed(error(args[errorIndex(method)]));
          case VALUE_OR_FAILURE -> {
            if (args[1] == null) {
              call.ended(args[0]);
            } else {
              call.failed(error(args[1]));
            }
          }
        }
      }

      private static Throwable error(Object argument) {
        return argument instanceof Throwable error ? error : new IllegalArgumentException();
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        if (role == Role.PIECE) {
          call.handled(System.nanoTime() - startNanos);
        }
        return result;
      }
    }
  }

  /** Sees that a subscriber cancels. */
  private static final class Subscription extends StandIn {
    private final OpenCall call;

    Subscription(Object subscription, OpenCall call) {
      super(subscription);
      this.call = call;
    }

    @Override
    protected void calling(String method, Object[] args) {
      if (method.equals("cancel") || method.equals("dispose")) {
        call.cancelled();
      }
    }
  }
}
