package io.metricsagent.instrumentations.rules.weaving.classfile;

/** A class file that {@link ClassPatch} leaves to a writer that lays out all of its code anew. */
final class Unpatchable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unpatchable(String reason) {
    super(reason);
  }
}
