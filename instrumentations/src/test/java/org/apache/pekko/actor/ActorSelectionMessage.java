package org.apache.pekko.actor;

/** A message to a path. */
public record ActorSelectionMessage(Object msg) {}
