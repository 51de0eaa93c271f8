/** Calls OpenAI's client in every possible way. The application does not know the agent. */
package com.example.openai;
