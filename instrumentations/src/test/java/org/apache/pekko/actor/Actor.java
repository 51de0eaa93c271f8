package org.apache.pekko.actor;

/** What the props of an actor name where nobody knows its class. */
public interface Actor {}
