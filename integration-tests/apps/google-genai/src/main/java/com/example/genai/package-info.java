/**
 * Calls Google's client of Gemini in every possible way. The application does not know the agent.
 */
package com.example.genai;
