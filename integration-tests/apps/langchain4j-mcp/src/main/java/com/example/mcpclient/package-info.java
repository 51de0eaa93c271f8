/** LangChain4j's own client of MCP servers. The application does not know the agent. */
package com.example.mcpclient;
