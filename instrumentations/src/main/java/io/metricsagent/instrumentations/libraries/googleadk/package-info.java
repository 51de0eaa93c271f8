/** Google's Agent Development Kit. */
package io.metricsagent.instrumentations.libraries.googleadk;
