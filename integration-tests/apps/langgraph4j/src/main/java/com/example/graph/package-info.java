/** LangGraph4j; knows nothing of the agent. */
package com.example.graph;
