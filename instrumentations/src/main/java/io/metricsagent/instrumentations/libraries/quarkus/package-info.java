/**
 * Quarkus's own client of OpenAI's API, which is below LangChain4j, and its own loop of tools,
 * which is above.
 */
package io.metricsagent.instrumentations.libraries.quarkus;
