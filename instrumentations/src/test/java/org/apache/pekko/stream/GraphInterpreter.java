package org.apache.pekko.stream;

/** An actor of the library. */
public final class GraphInterpreter {}
