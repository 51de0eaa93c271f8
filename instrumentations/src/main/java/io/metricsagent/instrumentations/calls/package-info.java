/**
 * Woven calls under way on a thread: frames, one class a kind of call, the stack that says what
 * encloses what, and handlers whose calls are frames. A handler never calls another one: it tells
 * the frame around its own what happened, and the kind of that frame decides what it means.
 */
package io.metricsagent.instrumentations.calls;
