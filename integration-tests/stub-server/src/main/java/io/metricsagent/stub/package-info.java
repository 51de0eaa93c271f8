/**
 * An OpenAI-compatible server that does what the prompt says and keeps accounts of what it sent.
 */
package io.metricsagent.stub;
