/**
 * Files of several packages: lines of JSON that are appended and read, and files that appear whole.
 * Knows nothing of what the lines say.
 */
package io.metricsagent.agent.files;
