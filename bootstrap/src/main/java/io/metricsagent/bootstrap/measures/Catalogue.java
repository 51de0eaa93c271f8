package io.metricsagent.bootstrap.measures;

import java.util.List;

/** All kinds of series. */
public final class Catalogue {
  /** In the order of JSON and of the tables of {@code inspect}. */
  public static final List<Kind> KINDS =
      List.of(
          AdapterMeasures.KIND,
          ToolMeasures.KIND,
          MailboxMeasures.KIND,
          McpMeasures.CLIENT_SESSION,
          McpMeasures.CLIENT,
          McpMeasures.SERVER_SESSION,
          McpMeasures.SERVER);

  private Catalogue() {}
}
