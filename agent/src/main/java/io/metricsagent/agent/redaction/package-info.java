/**
 * Replaces secrets in texts: e-mail addresses, API keys, bearer tokens, card numbers, phone
 * numbers, and what the user's own pattern finds. Each search takes time in proportion to the
 * length of the text, whatever the text is.
 */
package io.metricsagent.agent.redaction;
