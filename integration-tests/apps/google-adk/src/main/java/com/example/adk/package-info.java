/** Agents of Google's ADK. The application does not know the metrics agent. */
package com.example.adk;
