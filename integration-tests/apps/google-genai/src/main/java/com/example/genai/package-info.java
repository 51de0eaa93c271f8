/** Google's client of Gemini in every way of calling it; knows nothing of the agent. */
package com.example.genai;
