package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A proxy in front of a library's object implements all interfaces of the object. */
class InterfacesTest {
  /** An answer with a further interface, which only the library uses. */
  public interface Inner extends AutoCloseable {}

  private static class Answer implements Callable<String>, Inner {
    @Override
    public String call() {
      return "called";
    }

    @Override
    public void close() {}
  }

  private static final class NarrowAnswer extends Answer implements Runnable {
    @Override
    public void run() {}
  }

  @Test
  void aProxyHasAllInterfacesOfItsObject() {
    Object answer = new NarrowAnswer();
    Object proxy =
        Interfaces.proxy(
            answer, "Callable", (self, method, arguments) -> method.invoke(answer, arguments));

    assertThat(proxy)
        .isNotSameAs(answer)
        .isInstanceOf(Callable.class)
        .isInstanceOf(Inner.class)
        .isInstanceOf(AutoCloseable.class)
        .isInstanceOf(Runnable.class);
  }

  @Test
  void anObjectWithoutTheInterfaceIsReturnedItself() {
    Object answer = new Answer();

    assertThat(Interfaces.proxy(answer, "Supplier", (self, method, arguments) -> null))
        .isSameAs(answer);
  }
}
