package io.metricsagent.agent.rulefiles.check.samples;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A queue of its own kind of messages. */
public class Queue<M extends Queue.Message> {
  /** A message. */
  public interface Message {
    String receipt();

    int deliveries();
  }

  /** A message with a time. */
  public record Timed(String receipt, int deliveries, long time) implements Message {}

  /** A queue of such messages. */
  public static class OfTimed extends Queue<Timed> {
    public Optional<Timed> poll() {
      return Optional.empty();
    }

    public void onMessage(Timed message) {}
  }

  public String name() {
    return "q";
  }

  public List<M> receive() {
    return List.of();
  }

  public <T> T with(Function<M, T> use) {
    return use.apply(null);
  }

  public void ack(String receipt) {}

  public void ackAll(Collection<? super M> messages) {}

  public long size() {
    return 0;
  }
}
