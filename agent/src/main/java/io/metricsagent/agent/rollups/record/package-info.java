/**
 * Records session metrics in an application: sessions are put together from the events of calls,
 * and their figures are added to files by the hour. The agent loads this package only if that is
 * switched on.
 */
package io.metricsagent.agent.rollups.record;
