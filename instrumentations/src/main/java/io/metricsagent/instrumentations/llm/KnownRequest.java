package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.context.ContextField;

/**
 * What is known of a request whose method has returned a publisher, for the subscriptions to it.
 *
 * @param argument what the handler kept of the arguments
 * @param kept what the end of the call needs of the arguments, or {@code null}
 * @param provider what a layer within knows; {@code null} if that is nothing
 * @param model likewise
 * @param statedExperiment what a rule has said, or {@code null}
 * @param experiment that of the method's call; {@code null} for that of the settings
 * @param prompt {@code null} unless content is on
 */
record KnownRequest(
    Object self,
    Object argument,
    Object kept,
    RequestFacts.Stated stated,
    String provider,
    String model,
    String statedExperiment,
    String experiment,
    Object prompt) {
  static KnownRequest of(RequestFrame frame) {
    RequestFacts facts = frame.facts();
    return new KnownRequest(
        frame.self(),
        frame.argument(),
        frame.keptForEnd(),
        facts.stated(),
        facts.provider(),
        facts.model(),
        frame.statedExperiment(),
        frame.experiment(),
        frame.prompt());
  }

  /** Tells the frame of a subscription. What its subscriber says wins over what the method said. */
  void tell(RequestFrame subscription) {
    RequestFacts facts = subscription.facts();
    facts.state(stated);
    facts.learnProvider(provider);
    facts.learnModel(model);
    subscription.says(ContextField.EXPERIMENT, statedExperiment);
    if (subscription.experiment() == null) {
      subscription.isFor(experiment);
    }
    subscription.keepForEnd(kept);
    subscription.asks(prompt);
  }
}
