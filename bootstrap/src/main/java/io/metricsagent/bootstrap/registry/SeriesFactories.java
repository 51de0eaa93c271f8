package io.metricsagent.bootstrap.registry;

/**
 * The factories of series for the tables that each registry has. They are named classes because
 * applications wait for them at their start, and linking lambdas takes much longer.
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
