package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.calls.RequestFrame;

/** Reads the facts of a request from a library's objects into its frame. Thread-safe. */
final class RequestReader {
  private final LlmDecoder decoder;

  RequestReader(LlmDecoder decoder) {
    this.decoder = decoder;
  }

  /** Returns {@code gen_ai.operation.name} of a request. */
  String operation(RequestFrame frame) {
    String said = frame.facts().operation();
    return said == null ? decoder.operation(frame.argument()) : said;
  }

  /** Returns the argument that has the prompt. */
  Object content(Object arg0, Object arg1) {
    return decoder.content(arg0, arg1);
  }

  /** Returns the provider if it is known by now, else {@code null}. */
  String provider(RequestFrame frame) {
    String known = frame.facts().provider();
    return known == null ? decoder.provider(frame.self()) : known;
  }

  /** Returns the requested model if it is known by now, else {@code null}. */
  String model(RequestFrame frame) {
    String known = frame.facts().model();
    return known == null ? decoder.requestModel(frame.self(), frame.argument()) : known;
  }

  /**
   * Returns whether an error means that no model was asked, because the client does not support the
   * method.
   */
  boolean saysNotAsked(Throwable error) {
    return decoder.saysNotAsked(error);
  }

  /**
   * Reads the request before it is sent; an inner layer passes its facts on to the request's root.
   */
  void readRequest(RequestFrame frame) {
    RequestFacts facts = frame.facts();
    facts.learnProvider(decoder.provider(frame.self()));
    facts.learnModel(decoder.requestModel(frame.self(), frame.argument()));
    RequestFacts ofRoot = frame.root().facts();
    ofRoot.learnProvider(facts.provider());
    ofRoot.learnModel(facts.model());
  }

  /**
   * Reads the names that are not known yet. Names from an inner layer stay, because it is closer to
   * the wire.
   */
  void readNames(RequestFrame frame) {
    RequestFacts facts = frame.facts();
    facts.learnProvider(provider(frame));
    facts.learnModel(model(frame));
  }

  /**
   * Reads the facts of an answer that are not known yet. Facts from an inner layer stay, because it
   * is closer to the wire.
   */
  void readAnswer(RequestFrame frame, Object response) {
    RequestFacts facts = frame.facts();
    if (facts.recordedModel() == null) { // the answering model counts only if no other is known
      facts.learnAnsweringModel(decoder.responseModel(response));
    }
    if (!facts.tokens().areKnown()) {
      readTokens(frame, response);
    }
  }

  private void readTokens(RequestFrame frame, Object response) {
    UsageReader usage = decoder.usage();
    Object now = usage.usageIn(response);
    Object before = frame.previous() == null ? null : usage.usageIn(frame.previous());
    frame
        .facts()
        .tokens()
        .add(
            less(usage.input(now), before == null ? 0 : usage.input(before)),
            less(usage.output(now), before == null ? 0 : usage.output(before)),
            usage.cached(now));
  }

  private static long less(long tokens, long before) {
    return tokens < 0 ? tokens : Math.max(0, tokens - Math.max(0, before));
  }
}
