package reactor.core.publisher;

/** As much of Reactor's type as the agent asks for: how one is made of a publisher. */
public final class Flux implements Publisher {
  private final Publisher source;

  private Flux(Publisher source) {
    this.source = source;
  }

  /** Makes one. */
  public static Flux from(Publisher source) {
    return new Flux(source);
  }

  @Override
  public void subscribe(Subscriber subscriber) {
    source.subscribe(subscriber);
  }
}
