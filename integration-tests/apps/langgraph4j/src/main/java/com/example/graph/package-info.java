/** An application of LangGraph4j, which does not know the agent. */
package com.example.graph;
