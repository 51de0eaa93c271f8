/** The Model Context Protocol. */
package io.metricsagent.instrumentations.libraries.mcp;
