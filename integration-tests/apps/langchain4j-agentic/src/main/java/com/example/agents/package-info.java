/** An application of LangChain4j's agents, which does not know the agent that measures it. */
package com.example.agents;
