/**
 * What the clients of OpenAI and Anthropic have in common: one generator makes both, so services,
 * answers, streams and the HTTP layer have the same shape in packages of their own.
 */
package io.metricsagent.instrumentations.libraries.shared.generatedclients;
