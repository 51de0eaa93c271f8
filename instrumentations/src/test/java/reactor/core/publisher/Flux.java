package reactor.core.publisher;

import java.util.concurrent.Flow;

/** As much of Reactor's type as the agent asks for: how one is made of a publisher. */
public final class Flux implements Flow.Publisher<Object> {
  private final Flow.Publisher<Object> source;

  private Flux(Flow.Publisher<Object> source) {
    this.source = source;
  }

  /** Makes one. */
  public static Flux from(Flow.Publisher<Object> source) {
    return new Flux(source);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Object> subscriber) {
    source.subscribe(subscriber);
  }
}
