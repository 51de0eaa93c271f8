/** A server of tools and a client that calls them; knows nothing of the agent. */
package com.example.mcp;
