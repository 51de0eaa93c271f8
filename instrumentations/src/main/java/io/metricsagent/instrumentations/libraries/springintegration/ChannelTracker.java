package io.metricsagent.instrumentations.libraries.springintegration;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.QuickSize;
import io.metricsagent.instrumentations.mailboxes.WeakTable;

/**
 * Finds the state of a channel. Thread-safe; keeps no object of the application alive.
 *
 * <p>A channel is followed from its first message on, when it has its name. {@value #MAX_CHANNELS}
 * channels are followed at most; the messages of others are not counted.
 */
final class ChannelTracker {
  private static final String SYSTEM = "spring_integration";
  private static final int MAX_CHANNELS = 4096;
  private static final Accessor NAME = Accessor.path("getBeanName()");

  private final Mailboxes mailboxes;
  private final WeakTable<Object, ChannelState> channels = new WeakTable<>(MAX_CHANNELS);

  /** The channels that were made with a queue that is in memory, and have had no message yet. */
  private final WeakMap<Object, Boolean> inMemory = new WeakMap<>(MAX_CHANNELS);

  ChannelTracker(Registry registry) {
    mailboxes = new Mailboxes(registry);
  }

  /**
   * Notes the queue of a channel that was made.
   *
   * @param queue {@code null} if the channel makes its own queue, which is in memory
   */
  void made(Object channel, Object queue) {
    if (queue == null || QuickSize.isKnown(queue)) {
      inMemory.put(channel, true);
    }
  }

  /** Returns the state of a channel; {@code null} if too many channels are followed. */
  ChannelState channel(Object channel) {
    ChannelState known = channels.get(channel);
    return known == null ? follow(channel) : known;
  }

  private ChannelState follow(Object channel) {
    if (!channels.hasPlace(channel)) {
      return null;
    }
    ChannelState added =
        new ChannelState(
            channel, mailboxes.of(NAME.readString(channel), SYSTEM), inMemory.get(channel) != null);
    ChannelState known = channels.putIfAbsent(channel, added);
    if (known == added) {
      inMemory.remove(channel);
      mailboxes.sample(added);
    }
    return known;
  }

  /** Returns how many channels are followed that are alive. */
  int size() {
    return channels.size();
  }
}
