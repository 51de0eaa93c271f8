/**
 * Quarkus's own client of OpenAI's API, which LangChain4j calls, and its own loop of tools, which
 * calls LangChain4j.
 */
package io.metricsagent.instrumentations.libraries.quarkus;
