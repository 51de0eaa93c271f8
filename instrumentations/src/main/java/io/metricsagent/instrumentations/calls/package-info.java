/**
 * Woven calls under way on a thread: frames, the stack that says what encloses what, and handlers
 * whose calls are frames. A handler never calls another one: the frame around its own hears what
 * happened, and who made that frame decides what it means.
 */
package io.metricsagent.instrumentations.calls;
