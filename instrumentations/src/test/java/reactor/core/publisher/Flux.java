package reactor.core.publisher;

/** The part of Reactor's type that the agent uses: a factory method. */
public final class Flux implements Publisher {
  private final Publisher source;

  private Flux(Publisher source) {
    this.source = source;
  }

  /** Returns a flux that publishes what {@code source} does. */
  public static Flux from(Publisher source) {
    return new Flux(source);
  }

  @Override
  public void subscribe(Subscriber subscriber) {
    source.subscribe(subscriber);
  }
}
