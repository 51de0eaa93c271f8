package org.apache.pekko.actor;

/** A message that was not delivered. */
public record DeadLetter(Object message) {}
