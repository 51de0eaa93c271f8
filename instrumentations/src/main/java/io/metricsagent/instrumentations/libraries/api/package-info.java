/** The agent's own interface for applications, in whatever copy an application brings. */
package io.metricsagent.instrumentations.libraries.api;
