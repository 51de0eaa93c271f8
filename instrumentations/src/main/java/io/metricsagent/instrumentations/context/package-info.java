/**
 * What a call is made for: its experiment, and the ids of request, run and session. The application
 * says so for the work of a thread, in OpenTelemetry's baggage or in the diagnostic context of its
 * log library.
 */
package io.metricsagent.instrumentations.context;
