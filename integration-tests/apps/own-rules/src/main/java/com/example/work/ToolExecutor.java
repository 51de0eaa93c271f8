package com.example.work;

import java.util.Map;

/** Runs tools by their names. */
final class ToolExecutor {
  private final Ledger ledger;

  ToolExecutor(Ledger ledger) {
    this.ledger = ledger;
  }

  ToolResult execute(String tool, Map<String, Object> parameters) {
    String code = parameters.isEmpty() ? "no_parameters" : null;
    String series = "tools/" + tool + "/";
    ledger.add(series + "call_count", 1);
    ledger.add(series + "latency.total_count", 1);
    ledger.add(series + "success_count", code == null ? 1 : 0);
    ledger.add(series + "failure_count", code == null ? 0 : 1);
    if (code != null) {
      ledger.add(series + "error_codes." + code, 1);
    }
    return new ToolResult(code == null, code);
  }
}
