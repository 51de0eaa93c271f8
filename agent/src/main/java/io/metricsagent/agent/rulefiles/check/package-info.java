/**
 * Tells what rules would weave in a class path: class files ({@link
 * io.metricsagent.agent.rulefiles.check.ClassPath}) → declared types ({@link
 * io.metricsagent.agent.rulefiles.check.TypeWorld}) → paths through them ({@link
 * io.metricsagent.agent.rulefiles.check.PathCheck}) → reports of rules ({@link
 * io.metricsagent.agent.rulefiles.check.RuleCheck}). No class of the application is loaded.
 */
package io.metricsagent.agent.rulefiles.check;
