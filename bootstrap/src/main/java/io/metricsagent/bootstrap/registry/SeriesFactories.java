package io.metricsagent.bootstrap.registry;

/**
 * Make the series of the tables that each registry has. Named classes in place of lambdas, as an
 * application waits for them: those take 1 ms each, and the first one of a JVM 10 to 30.
 */
final class SeriesFactories {
  private SeriesFactories() {}

  static final class Adapters implements SeriesTable.Factory<AdapterMetrics> {
    @Override
    public AdapterMetrics create(
        String adapter, String model, String operation, String experiment) {
      return new AdapterMetrics(adapter, model, operation, experiment);
    }
  }

  static final class Tools implements SeriesTable.Factory<ToolMetrics> {
    @Override
    public ToolMetrics create(String tool, String experiment, String third, String fourth) {
      return new ToolMetrics(tool, experiment);
    }
  }

  static final class Mailboxes implements SeriesTable.Factory<MailboxMetrics> {
    @Override
    public MailboxMetrics create(String queue, String system, String third, String fourth) {
      return new MailboxMetrics(queue, system);
    }
  }
}
