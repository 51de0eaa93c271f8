/**
 * Code for the clients of OpenAI and Anthropic: one generator makes both clients, so their
 * services, answers, streams and HTTP layers have the same methods in different packages.
 */
package io.metricsagent.instrumentations.libraries.shared.generatedclients;
