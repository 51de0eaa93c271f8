package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.SettingValue;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.user.TargetKind;
import io.metricsagent.instrumentations.user.UserModule;

/**
 * Turns the three {@code include} settings into rules, and says what is wrong with them. Stateless.
 */
final class UserTargets {
  private UserTargets() {}

  static UserModule read(AgentConfig config) {
    UserModule.Builder builder = new UserModule.Builder();
    read(builder, TargetKind.ADAPTER, config.adaptersInclude());
    read(builder, TargetKind.TOOL, config.toolsInclude());
    read(builder, TargetKind.MAILBOX, config.mailboxesInclude());
    return builder.build();
  }

  private static void read(UserModule.Builder builder, TargetKind kind, SettingValue value) {
    if (value == null) {
      return;
    }
    for (String problem : builder.include(kind, value.text())) {
      AgentLog.warn(value.key() + " (" + value.origin() + "): " + problem);
    }
  }
}
