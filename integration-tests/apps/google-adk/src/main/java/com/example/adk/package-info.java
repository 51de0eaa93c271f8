/** Agents of Google's ADK; knows nothing of the agent that watches. */
package com.example.adk;
