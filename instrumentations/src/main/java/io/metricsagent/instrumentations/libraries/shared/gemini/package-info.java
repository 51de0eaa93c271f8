/**
 * Code for all libraries that call Gemini: the answers of Google's Gen AI client and of the Agent
 * Development Kit have the same getters for tokens and model.
 */
package io.metricsagent.instrumentations.libraries.shared.gemini;
