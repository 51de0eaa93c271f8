package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.calls.RequestFrame;

/**
 * What is known of a request whose method has returned a publisher, for the subscriptions to it.
 *
 * @param argument what the handler kept of the arguments
 * @param experiment {@code null} for that of the settings
 * @param prompt {@code null} unless content is on
 */
record KnownRequest(
    Object self, Object argument, RequestFacts.Stated stated, String experiment, Object prompt) {
  static KnownRequest of(RequestFrame frame) {
    return new KnownRequest(
        frame.self(), frame.argument(), frame.facts().stated(), frame.experiment(), frame.prompt());
  }
}
