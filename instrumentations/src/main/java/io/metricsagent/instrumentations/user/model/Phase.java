package io.metricsagent.instrumentations.user.model;

/** A part of a request to a model. */
public enum Phase {
  RENDER,
  CALL,
  PARSE,
  TOOLS
}
