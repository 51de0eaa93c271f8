package org.apache.pekko.actor.typed.internal.adapter;

/** The class of all typed actors. */
public final class ActorAdapter {}
