package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whoever has a stand-in notices nothing of the agent. */
class StandInTest {
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

  @SuppressWarnings("unchecked") // a proxy of the same interface
  private static <T> T standIn(T original, String type) {
    T proxy = (T) Interfaces.proxy(original, type, new Faulty(original));
    assertThat(proxy).isNotSameAs(original);
    return proxy;
  }

  @Test
  void faultsOfTheAgentChangeNoCall() throws Exception {
    assertThat(standIn((Callable<String>) () -> "called", "Callable").call()).isEqualTo("called");
    UnaryOperator<String> twice = text -> text + text;
    assertThat(standIn(twice, "UnaryOperator").apply("a")).isEqualTo("aa");
  }

  @Test
  void whatIsThrownIsThrownAsItIs() {
    IOException thrown = new IOException();
    Callable<String> failing =
        () -> {
          throw thrown;
        };
    assertThatThrownBy(() -> standIn(failing, "Callable").call()).isSameAs(thrown);
  }

  /** An application may keep what it gets in a map or compare it with what it gave. */
  @Test
  void isEqualToWhatItStandsInFor() {
    Callable<String> original = () -> "called";
    Callable<String> one = standIn(original, "Callable");
    Callable<String> other = standIn(original, "Callable");
    Callable<String> different = () -> "called";

    assertThat(one).isEqualTo(other).isEqualTo(original);
    assertThat(one).hasSameHashCodeAs(original).hasToString(original.toString());
    assertThat(one).isNotEqualTo(standIn(different, "Callable")).isNotEqualTo(null);
  }

  @Test
  void anArgumentMayBeReplaced() {
    UnaryOperator<String> original = text -> text + "!";
    Object proxy =
        Interfaces.proxy(
            original,
            "UnaryOperator",
            new StandIn(original) {
              @Override
              protected void calling(String method, Object[] args) {
                args[0] = "other";
              }
            });

    @SuppressWarnings("unchecked") // as the original
    UnaryOperator<String> watched = (UnaryOperator<String>) proxy;
    assertThat(watched.apply("one")).isEqualTo("other!");
  }
}
