/** LangGraph4j, whose nodes run tools of LangChain4j. */
package io.metricsagent.instrumentations.libraries.langgraph4j;
