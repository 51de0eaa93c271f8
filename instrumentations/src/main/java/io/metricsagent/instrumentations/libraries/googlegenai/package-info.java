/** Google's client of Gemini and Vertex AI. */
package io.metricsagent.instrumentations.libraries.googlegenai;
