/** The demo of the README. */
package io.metricsagent.demo;
