package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** The interfaces of a proxy around a library's object. */
class InterfacesTest {
  /** An answer with a further interface, which only the library uses. */
  public interface Inner extends AutoCloseable {}

  /** An interface that code outside its package cannot call. */
  interface Hidden {}

  private static class Answer implements Callable<String>, Inner {
    @Override
    public String call() {
      return "called";
    }

    @Override
    public void close() {}
  }

  private static final class NarrowAnswer extends Answer implements Runnable, Hidden {
    @Override
    public void run() {}
  }

  @Test
  void includeThoseOfAllSuperTypes() {
    assertThat(Interfaces.of(new NarrowAnswer()))
        .containsExactlyInAnyOrder(
            Callable.class, Inner.class, AutoCloseable.class, Runnable.class);
  }

  @Test
  void excludeThoseThatTheirModuleDoesNotExport() {
    Object subscriber = HttpResponse.BodySubscribers.discarding();

    assertThat(subscriber.getClass().getInterfaces())
        .anyMatch(type -> type.getName().startsWith("jdk.internal."));
    assertThat(Interfaces.of(subscriber))
        .containsExactlyInAnyOrder(HttpResponse.BodySubscriber.class, Flow.Subscriber.class);
  }
}
