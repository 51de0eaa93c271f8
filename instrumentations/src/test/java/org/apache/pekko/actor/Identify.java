package org.apache.pekko.actor;

/** A question whether an actor exists. */
public final class Identify {}
