/** Anthropic's client in every way of calling it; knows nothing of the agent. */
package com.example.anthropic;
