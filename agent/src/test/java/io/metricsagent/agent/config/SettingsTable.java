package io.metricsagent.agent.config;

/** The reference table of all settings, made from the catalogue so that it cannot drift from it. */
final class SettingsTable {
  private SettingsTable() {}

  /** Returns a Markdown table with one line for each setting; lines end in {@code \n}. */
  static String markdown() {
    StringBuilder table = new StringBuilder("| setting | default | meaning |\n|---|---|---|\n");
    for (Setting setting : SettingCatalogue.all()) {
      table.append("| `").append(setting.key()).append('`');
      if (setting.signalKey() != null) {
        table.append(", `").append(setting.signalKey()).append('`');
        table.append(", `").append(setting.ofLogs().signalKey()).append('`');
      }
      table.append(" | ");
      if (setting.defaultComputed()) {
        table.append(setting.defaultText());
      } else {
        table.append('`').append(setting.defaultText()).append('`');
      }
      table.append(" | ").append(setting.description()).append(" |\n");
    }
    return table.toString();
  }
}
