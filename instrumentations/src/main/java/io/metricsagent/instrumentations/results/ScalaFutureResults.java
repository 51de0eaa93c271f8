package io.metricsagent.instrumentations.results;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.access.StandIn;
import java.lang.reflect.Method;

/** Futures of Scala, which tell their end. */
final class ScalaFutureResults extends ResultFamily {
  /** The interface of Scala's futures. */
  static final String FUTURE = "scala.concurrent.Future";

  private static final Accessor VALUE = Accessor.path("value()");
  private static final Accessor ERROR = Accessor.path("exception()");

  /** The function that is called with the end, or what runs the function. */
  private static final class Told extends StandIn {
    private final OpenCall call;

    Told(OpenCall call) {
      super(call);
      this.call = call;
    }

    /** Scala asks what runs a function to prepare itself, and gets the same. */
    @Override
    protected boolean keepsDefaults() {
      return true;
    }

    @Override
    protected Object passOn(Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "apply" -> {
          if (ERROR.read(arguments[0]) instanceof Throwable error) {
            call.failed(error);
          } else {
            call.ended(VALUE.read(arguments[0]));
          }
          return null;
        }
        case "execute" -> {
          ((Runnable) arguments[0]).run();
          return null;
        }
        case "equals", "hashCode", "toString" -> {
          return super.passOn(method, arguments);
        }
        default -> {
          return null;
        }
      }
    }
  }

  /** The method {@code onComplete} of each class of futures; {@code null} if it has none. */
  private static final ClassValue<Method> ON_COMPLETE =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
          try {
            return onComplete(ClassNames.supertype(type, FUTURE));
          } catch (LinkageError e) { // a copy of the library that lacks a class
            return null;
          }
        }
      };

  private static Method onComplete(Class<?> future) {
    for (Method method : future.getMethods()) {
      Class<?>[] types = method.getParameterTypes();
      if (method.getName().equals("onComplete") && types.length == 2 && types[1].isInterface()) {
        return method;
      }
    }
    return null;
  }

  @Override
  public Object follow(Object result, Class<?> declared, FollowedCall call) {
    Method onComplete = ON_COMPLETE.get(result.getClass());
    if (onComplete != null) {
      listen(result, onComplete, call.goesOn(false, false));
    }
    return result;
  }

  private static void listen(Object future, Method onComplete, OpenCall call) {
    Told told = new Told(call);
    Class<?>[] types = onComplete.getParameterTypes();
    try {
      onComplete.invoke(future, told.as(types[0]), told.as(types[1]));
    } catch (ReflectiveOperationException e) { // the future refuses listeners
      call.ended(null);
    }
  }
}
