/**
 * Records sessions in a running application: turns events of the stream into sessions, and writes
 * those that have ended. Loaded only while sessions are switched on.
 */
package io.metricsagent.agent.sessions.recorder;
