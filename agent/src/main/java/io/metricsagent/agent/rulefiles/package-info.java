/**
 * Reads rule files: text → nodes with their places ({@link
 * io.metricsagent.agent.rulefiles.YamlReader}) → values by the catalogue of keys ({@link
 * io.metricsagent.agent.rulefiles.RuleKeys}) → the model of rules ({@link
 * io.metricsagent.agent.rulefiles.RuleFiles}). Whatever is wrong becomes a {@link
 * io.metricsagent.agent.rulefiles.Problem}. Loaded only if there is a rule file. May run before the
 * application's {@code main}, so it uses no NIO, lambdas or {@code java.util.logging}.
 */
package io.metricsagent.agent.rulefiles;
