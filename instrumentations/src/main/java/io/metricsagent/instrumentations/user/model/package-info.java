/**
 * The rules that users write for classes of their own, as data: what a rule file or an {@code
 * include} setting says. Reading such a file is the agent's side's; measuring by a rule is the
 * package above's.
 */
package io.metricsagent.instrumentations.user.model;
