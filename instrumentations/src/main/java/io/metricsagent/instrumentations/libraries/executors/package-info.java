/**
 * The thread pools of the JDK, whose queues are mailboxes of tasks. {@code ThreadPoolExecutor} may
 * be loaded before any agent starts and is then woven again, so this is off unless a setting says
 * otherwise.
 */
package io.metricsagent.instrumentations.libraries.executors;
