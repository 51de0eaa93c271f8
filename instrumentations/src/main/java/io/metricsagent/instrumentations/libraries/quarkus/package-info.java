/** Quarkus' own client of OpenAI's API and its own loop of tools, below and above LangChain4j. */
package io.metricsagent.instrumentations.libraries.quarkus;
