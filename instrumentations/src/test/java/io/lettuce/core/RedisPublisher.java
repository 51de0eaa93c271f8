package io.lettuce.core;

/** As in Lettuce, for the name alone. */
public final class RedisPublisher {
  private RedisPublisher() {}

  /** What a reactive interface gets messages with. */
  public static final class RedisSubscription {}
}
