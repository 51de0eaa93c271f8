/** LangChain4j's own client of MCP servers; knows nothing of the agent. */
package com.example.mcpclient;
