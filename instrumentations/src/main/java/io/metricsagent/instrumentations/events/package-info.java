/**
 * The event stream: what happens in the calls that are measured, one event at a time, for consumers
 * that keep more than sums. Handlers feed {@link
 * io.metricsagent.instrumentations.events.EventStream} on the application's threads; one thread of
 * the agent hands the events to each {@link io.metricsagent.instrumentations.events.EventConsumer}.
 */
package io.metricsagent.instrumentations.events;
