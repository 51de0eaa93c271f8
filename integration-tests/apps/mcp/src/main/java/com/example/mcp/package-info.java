/** A server of tools and a client that calls them. The application does not know the agent. */
package com.example.mcp;
