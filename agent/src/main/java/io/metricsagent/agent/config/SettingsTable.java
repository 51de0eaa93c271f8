package io.metricsagent.agent.config;

/** The reference table of all settings, made from the catalogue so that it cannot drift from it. */
public final class SettingsTable {
  private SettingsTable() {}

  /** Returns a Markdown table: one line a setting, lines end in {@code \n}. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| setting | default | meaning |\n|---|---|---|\n");
    for (SettingDefinition definition : SettingCatalogue.ALL) {
      table.append("| `").append(definition.key()).append('`');
      if (definition.metricsForm()) {
        table.append(", `").append(definition.metricsKey()).append('`');
      }
      table.append(" | ");
      if (definition.defaultComputed()) {
        table.append(definition.defaultText());
      } else {
        table.append('`').append(definition.defaultText()).append('`');
      }
      table.append(" | ").append(definition.description()).append(" |\n");
    }
    return table.toString();
  }
}
