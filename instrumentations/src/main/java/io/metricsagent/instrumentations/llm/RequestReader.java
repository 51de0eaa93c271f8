package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.calls.RequestFrame;

/** Reads what a library's objects say of a request into its frame. Thread-safe. */
final class RequestReader {
  private final LlmDecoder decoder;

  RequestReader(LlmDecoder decoder) {
    this.decoder = decoder;
  }

  /** Returns {@code gen_ai.operation.name} of a request. */
  String operation(RequestFrame frame) {
    return decoder.operation(frame.argument());
  }

  /** Returns who is asked as far as it is known by now, or {@code null}. */
  String provider(RequestFrame frame) {
    String known = frame.facts().provider();
    return known == null ? decoder.provider(frame.self()) : known;
  }

  /** Returns the model that is asked for as far as it is known by now, or {@code null}. */
  String model(RequestFrame frame) {
    String known = frame.facts().model();
    return known == null ? decoder.requestModel(frame.self(), frame.argument()) : known;
  }

  /** Returns whether an error says that no model was asked, for the client has no such method. */
  boolean saysNotAsked(Throwable error) {
    return decoder.saysNotAsked(error);
  }

  /** Reads what the request says before it is sent; an inner layer tells the request's root. */
  void readRequest(RequestFrame frame) {
    RequestFacts facts = frame.facts();
    facts.learnProvider(decoder.provider(frame.self()));
    facts.learnModel(decoder.requestModel(frame.self(), frame.argument()));
    RequestFacts ofRoot = frame.root().facts();
    ofRoot.learnProvider(facts.provider());
    ofRoot.learnModel(facts.model());
  }

  /**
   * Reads what is not known yet: an inner layer is nearer to the truth, so what it told stays.
   *
   * @param response {@code null} if there is none
   */
  void readEnd(RequestFrame frame, Object response) {
    RequestFacts facts = frame.facts();
    facts.learnProvider(provider(frame));
    facts.learnModel(model(frame));
    if (response == null) {
      return;
    }
    if (facts.answeringModel() == null) {
      facts.learnAnsweringModel(decoder.responseModel(response));
    }
    if (!facts.tokens().areKnown()) {
      readTokens(frame, response);
    }
  }

  private void readTokens(RequestFrame frame, Object response) {
    UsageReader usage = decoder.usage();
    Object before = frame.previous();
    frame
        .facts()
        .tokens()
        .add(
            less(usage.input(response), before == null ? 0 : usage.input(before)),
            less(usage.output(response), before == null ? 0 : usage.output(before)),
            usage.cached(response));
  }

  private static long less(long tokens, long before) {
    return tokens < 0 ? tokens : Math.max(0, tokens - Math.max(0, before));
  }
}
