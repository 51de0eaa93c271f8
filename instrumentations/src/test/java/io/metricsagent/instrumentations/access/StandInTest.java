package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Code that has a stand-in does not notice the agent. */
class StandInTest {
  /** Only classes that it names may implement it, which no proxy is. */
  public sealed interface Sealed permits SealedTask {}

  /** A type that no proxy can have. */
  public record SealedTask() implements Sealed, Callable<String> {
    @Override
    public String call() {
      return "called";
    }
  }

  /** As publishers of some libraries have them. */
  public interface Greeter {
    /** Returns a name. */
    String name();

    /** Greets. */
    default String greeting() {
      return "hello " + name();
    }
  }

  /** Does nothing around a call. */
  private static class Plain extends StandIn {
    Plain(Object original) {
      super(original);
    }
  }

  private static final class Faulty extends StandIn {
    Faulty(Object original) {
      super(original);
    }

    @Override
    protected void calling(String method, Object[] args) {
      throw new IllegalStateException();
    }

    @Override
    protected void thrown(String method, Throwable error) {
      throw new NoClassDefFoundError();
    }

    @Override
    protected Object returned(String method, Object result) {
      throw new StackOverflowError();
    }
  }

  /** Notes what it is told around each call, and fails if the test says so. */
  private static final class Around extends StandIn {
    private final List<String> heard = new ArrayList<>();
    private boolean failsBefore;
    private boolean failsAfter;

    Around(Object original) {
      super(original);
    }

    @Override
    protected Call around(Method method) {
      return new Call() {
        private String begun;

        @Override
        public void before(Object[] args) throws IOException {
          begun = method.getName();
          if (failsBefore) {
            throw new IOException("the agent's own");
          }
        }

        @Override
        public Object after(Object result, Throwable thrown) throws IOException {
          heard.add(begun + " " + result + " " + thrown);
          if (failsAfter) {
            throw new IOException("the agent's own");
          }
          return result == null ? null : "other " + result;
        }
      };
    }
  }

  @SuppressWarnings("unchecked") // a proxy of the same interface
  private static <T> T standIn(T original, String type) {
    T proxy = (T) new Faulty(original).as(type);
    assertThat(proxy).isNotSameAs(original);
    return proxy;
  }

  @SuppressWarnings("unchecked") // as the original
  private static Callable<String> callable(StandIn standIn) {
    return (Callable<String>) standIn.as("Callable");
  }

  @Test
  void faultsOfTheAgentChangeNoCall() throws Exception {
    assertThat(standIn((Callable<String>) () -> "called", "Callable").call()).isEqualTo("called");
    UnaryOperator<String> twice = text -> text + text;
    assertThat(standIn(twice, "UnaryOperator").apply("a")).isEqualTo("aa");
  }

  @Test
  void exceptionsAreThrownUnchanged() {
    IOException thrown = new IOException();
    Callable<String> failing =
        () -> {
          throw thrown;
        };
    assertThatThrownBy(() -> standIn(failing, "Callable").call()).isSameAs(thrown);
  }

  @Test
  void exceptionsOfMethodsOfObjectAreThrownUnchanged() {
    IllegalStateException thrown = new IllegalStateException();
    Callable<String> failing =
        new Callable<>() {
          @Override
          public String call() {
            return "called";
          }

          @Override
          public String toString() {
            throw thrown;
          }
        };
    assertThatThrownBy(() -> standIn(failing, "Callable").toString()).isSameAs(thrown);
  }

  @Test
  void afterEndsWhatBeforeBegan() throws Exception {
    Around around = new Around((Callable<String>) () -> "called");

    assertThat(callable(around).call()).isEqualTo("other called");
    assertThat(around.heard).containsExactly("call called null");
  }

  @Test
  void afterRunsIfTheCallThrows() {
    IOException thrown = new IOException("no");
    Around around =
        new Around(
            (Callable<String>)
                () -> {
                  throw thrown;
                });

    assertThatThrownBy(callable(around)::call).isSameAs(thrown);
    assertThat(around.heard).containsExactly("call null " + thrown);
  }

  /** A frame that was pushed before the fault has to be popped. */
  @Test
  void afterRunsIfBeforeFailed() throws Exception {
    Around around = new Around((Callable<String>) () -> "called");
    around.failsBefore = true;

    assertThat(callable(around).call()).isEqualTo("other called");
    assertThat(around.heard).containsExactly("call called null");
  }

  @Test
  void aFaultAfterACallLeavesItsResultOrItsException() throws Exception {
    IOException thrown = new IOException();
    Around returning = new Around((Callable<String>) () -> "called");
    Around throwing =
        new Around(
            (Callable<String>)
                () -> {
                  throw thrown;
                });
    returning.failsAfter = true;
    throwing.failsAfter = true;

    assertThat(callable(returning).call()).isEqualTo("called");
    assertThatThrownBy(callable(throwing)::call).isSameAs(thrown);
  }

  @Test
  void aFaultInDecidingWhatToDoChangesNoCall() throws Exception {
    Callable<String> original = () -> "called";
    StandIn undecided =
        new Plain(original) {
          @Override
          protected Call around(Method method) {
            throw new NoClassDefFoundError();
          }
        };

    assertThat(callable(undecided).call()).isEqualTo("called");
  }

  /** An application may use the object as the key of a map, or compare it with the original. */
  @Test
  void equalsTheObjectThatItStandsInFor() {
    Callable<String> original = () -> "called";
    Callable<String> one = standIn(original, "Callable");
    Callable<String> other = standIn(original, "Callable");
    Callable<String> different = () -> "called";

    assertThat(one).isEqualTo(other).isEqualTo(original);
    assertThat(one).hasSameHashCodeAs(original).hasToString(original.toString());
    assertThat(one).isNotEqualTo(standIn(different, "Callable")).isNotEqualTo(null);
  }

  @Test
  void isFoundBehindItsProxyAndKnowsItsObject() {
    Callable<String> original = () -> "called";
    StandIn standIn = new Plain(original);

    assertThat(StandIn.behind(standIn.as("Callable"))).isSameAs(standIn);
    assertThat(standIn.original()).isSameAs(original);
    assertThat(StandIn.behind(original)).isNull();
    assertThat(StandIn.behind(null)).isNull();
  }

  @Test
  void anArgumentMayBeReplaced() {
    UnaryOperator<String> original = text -> text + "!";
    StandIn standIn =
        new StandIn(original) {
          @Override
          protected void calling(String method, Object[] args) {
            args[0] = "other";
          }
        };

    @SuppressWarnings("unchecked") // as the original
    UnaryOperator<String> watched = (UnaryOperator<String>) standIn.as("UnaryOperator");
    assertThat(watched.apply("one")).isEqualTo("other!");
  }

  @Test
  void defaultMethodsRunOnTheObjectUnlessTheyAreToBeWatched() {
    Greeter original = () -> "you";
    StandIn passing = named(original, false);
    StandIn keeping = named(original, true);

    assertThat(((Greeter) passing.as("Greeter")).greeting()).isEqualTo("hello you");
    assertThat(((Greeter) keeping.as("Greeter")).greeting()).isEqualTo("hello you there");
  }

  private static StandIn named(Greeter original, boolean keeps) {
    return new StandIn(original) {
      @Override
      protected boolean keepsDefaults() {
        return keeps;
      }

      @Override
      protected Object returned(String method, Object result) {
        return method.equals("name") ? result + " there" : result;
      }
    };
  }

  @Test
  void isTheObjectItselfIfTheObjectLacksTheInterface() {
    Callable<String> original = () -> "called";

    assertThat(new Plain(original).as("Supplier")).isSameAs(original);
  }

  @Test
  void hasOnlyTheNeededInterfaceIfAnotherOneIsSealed() throws Exception {
    SealedTask original = new SealedTask();
    Object standIn = new Plain(original).as("Callable");

    assertThat(standIn).isNotSameAs(original).isNotInstanceOf(Sealed.class);
    assertThat(((Callable<?>) standIn).call()).isEqualTo("called");
  }

  @Test
  void isTheObjectItselfIfNoProxyCanBeMade() {
    SealedTask original = new SealedTask();

    assertThat(new Plain(original).as("Sealed")).isSameAs(original);
    assertThat(new Plain(original).as(Sealed.class)).isSameAs(original);
  }

  /** The JDK's own have one that its module keeps to itself, by which they call each other. */
  @Test
  void hasNoInterfaceThatItCouldNotPassOn() {
    HttpResponse.BodySubscriber<String> original =
        HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    Object standIn = new Plain(original).as("BodySubscriber");

    assertThat(standIn).isNotSameAs(original);
    for (Class<?> type : standIn.getClass().getInterfaces()) {
      assertThat(type.getModule().isExported(type.getPackageName())).as(type.getName()).isTrue();
    }
    ((HttpResponse.BodySubscriber<?>) standIn).onComplete();
    assertThat(original.getBody()).isCompletedWithValueMatching(""::equals);
  }
}
