/** What LangChain4j and Quarkus, which uses parts of it, have in common. */
package io.metricsagent.instrumentations.libraries.shared.langchain4j;
