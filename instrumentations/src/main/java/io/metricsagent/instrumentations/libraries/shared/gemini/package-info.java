/**
 * What the libraries that talk to Gemini have in common: the answers of Google's Gen AI client, and
 * of the Agent Development Kit, say their tokens and their model in the same words.
 */
package io.metricsagent.instrumentations.libraries.shared.gemini;
