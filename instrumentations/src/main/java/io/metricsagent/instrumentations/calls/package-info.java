/**
 * Woven calls under way on a thread: the frames, with one class for each kind of call; the stack
 * that shows which call encloses which; and the handlers that have a frame for each call. A handler
 * never calls another handler: it tells the frame around its own what happened, and the kind of
 * that frame decides what the event means.
 */
package io.metricsagent.instrumentations.calls;
