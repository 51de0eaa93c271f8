/**
 * A server with the APIs of several model providers, which does what the prompts say and records
 * what it has sent.
 */
package io.metricsagent.stub;
