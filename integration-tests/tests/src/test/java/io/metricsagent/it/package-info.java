/** Real applications under the real jar, each in a JVM of its own. */
package io.metricsagent.it;
