package io.metricsagent.agent.config;

import static java.util.stream.Collectors.joining;

import io.metricsagent.bootstrap.measures.Attribute;
import io.metricsagent.bootstrap.measures.Catalogue;
import io.metricsagent.bootstrap.measures.GaugeMeasure;
import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Label;
import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.measures.MeasureType;
import io.metricsagent.bootstrap.measures.Otlp;
import io.metricsagent.bootstrap.measures.RunMeasures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The reference of all metrics, made from the catalogue so that it cannot drift from it. */
final class MetricsPage {
  private static final String NONE = "–";

  /** The labels of MCP requests that a session does not have, by their fields in JSON. */
  private static final Set<String> OF_REQUESTS = Set.of("method", "tool_name");

  private MetricsPage() {}

  /** Returns the page in Markdown. */
  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Kind kind : Catalogue.KINDS) {
      page.append("\n## `").append(kind.section()).append('`');
      if (kind.isRare()) {
        page.append(": `").append(kind.outcomes().name()).append('`');
      }
      page.append("\n\n");
      labels(kind, page);
      page.append("\n| JSON | unit | StatsD | Prometheus | OTLP | adds up | meaning |\n");
      page.append("|---|---|---|---|---|---|---|\n");
      kind.measures().forEach(measure -> row(kind, measure, page));
    }
    page.append(POINTS);
    RunMeasures.ALL.forEach(measure -> row(measure, page));
    return page.toString();
  }

  private static final String HEAD =
      """
      # All metrics

      Each line of the tables is one number, with its name at each receiver:

      * **JSON**, the files of the archive: times are in milliseconds.
      * **StatsD**: names have the prefix of `metrics.agent.statsd.prefix`, `wink` by default. \
      Times are in milliseconds.
      * **Prometheus**: names of counters also end in `_total`. Times are in seconds.
      * **OTLP**: the first name is that of `metrics.agent.otlp.names=gen_ai`, the second one that \
      of `wink` where it differs. Times are in seconds.
      * **The interval log** has each time by its name for StatsD without `_ms`.

      "Adds up" says what `merge` does with the number. All exports also have the label `worker`.

      This page is made from the catalogue (`bootstrap/…/measures`); `MetricsPageTest` keeps it so.
      """;

  private static final String POINTS =
      """

      ## `points`

      Raw values of single runs, and the number of runs ([per-run gauges](run-gauges.md)). They are \
      never added up: StatsD and OTLP get each value once, a scrape shows it for its lifetime, and \
      `merge` keeps the values side by side. Tags have the same keys everywhere.

      | JSON | unit | StatsD | Prometheus | OTLP | tags | meaning |
      |---|---|---|---|---|---|---|
      """;

  private static void row(GaugeMeasure measure, StringBuilder page) {
    String tags = measure.labels().stream().map(MetricsPage::code).collect(joining(", "));
    List<String> cells =
        List.of(
            code(measure.name()),
            measure.unit().replaceAll("[{}]", ""),
            code(measure.name()),
            code(measure.prometheus()),
            code(measure.otlp()),
            tags.isEmpty() ? NONE : tags,
            measure.help());
    page.append(cells.stream().collect(joining(" | ", "| ", " |\n")));
  }

  private static void labels(Kind kind, StringBuilder page) {
    page.append("| label in JSON | StatsD, Prometheus | OTLP |\n|---|---|---|\n");
    for (Label label : kind.labels()) {
      if (isOfSessions(kind) && OF_REQUESTS.contains(label.json())) {
        continue;
      }
      page.append("| `").append(label.json()).append("` | ").append(code(label.name()));
      if (label.name() != null) {
        page.append(
            switch (label.statsd()) {
              case ALWAYS -> "";
              case ON_GAUGES -> ", for StatsD with gauges only";
              case IF_AMBIGUOUS -> ", for StatsD where the series were the same without it";
            });
      }
      page.append(" | ").append(code(label.otlp()));
      if (label.implied() != null) {
        page.append(", with ").append(attribute(label.implied()));
      }
      page.append(" |\n");
    }
  }

  /** Returns whether the series are sessions of MCP, which have no method and never fail. */
  private static boolean isOfSessions(Kind kind) {
    return kind.isRare() && kind.outcomes().name().endsWith(".session_duration");
  }

  private static void row(Kind kind, Measure measure, StringBuilder page) {
    List<String> cells = new ArrayList<>();
    cells.add(code(measure.json()));
    cells.add(measure.unit().equals("s") ? "time" : measure.unit().replaceAll("[{}]", ""));
    cells.add(code(measure.statsd()));
    cells.add(code(measure.prometheus()));
    cells.add(otlp(measure.otlp()));
    cells.add(adding(measure.type()));
    String known = measure.known() == null ? "" : " Known for " + measure.known() + ".";
    cells.add(meaning(kind, measure) + known.replace("for where", "where"));
    page.append(cells.stream().collect(joining(" | ", "| ", " |\n")));
  }

  private static String otlp(Otlp otlp) {
    if (otlp == null) {
      return NONE;
    }
    String names = code(otlp.conventional());
    if (!otlp.own().equals(otlp.conventional())) {
      names += ", " + code(otlp.own());
    }
    String each = otlp.points() == Otlp.Points.BY_ERROR_TYPE ? ", by `error.type`" : "";
    String with = otlp.attributes().stream().map(MetricsPage::attribute).collect(joining(" and "));
    return names + (with.isEmpty() ? each : " with " + with);
  }

  private static String adding(MeasureType type) {
    if (type == MeasureType.UNITS) {
      return "sum"; // JSON holds only the sum
    }
    return switch (type.adding()) {
      case SUM -> "sum";
      case BY_BUCKET -> "bucket by bucket";
      case LARGER -> "the larger one";
      case FROM_SUMS -> "anew from the sums";
    };
  }

  private static String meaning(Kind kind, Measure measure) {
    if (measure.help() != null) {
      return measure.help();
    }
    if (measure == MailboxMeasures.CONSUMED) {
      return "The same as `" + MailboxMeasures.RECEIVED.json() + "`.";
    }
    if (isOfSessions(kind)) {
      return switch (measure.type()) {
        case CALLS -> "Sessions that were closed.";
        case ERRORS -> "Always 0: the end of a session is no failure.";
        case ERROR_TYPES -> "Always empty.";
        default -> throw new AssertionError(measure + " has no meaning");
      };
    }
    return switch (measure.type()) {
      case CALLS -> "Calls, failed ones included.";
      case SUCCESSES -> "Calls that succeeded.";
      case ERRORS -> "Calls that failed.";
      case ERROR_RATE -> "Failures / calls, from 0 to 1.";
      case ERROR_TYPES -> "Failures by type.";
      case ERROR_CODES -> "Failures by code; those without a code are left out.";
      case DISTRIBUTION -> "Messages at their 1st, 2nd … 9th, and 10th or later delivery.";
      default -> throw new AssertionError(measure + " has no meaning");
    };
  }

  private static String attribute(Attribute attribute) {
    return code(attribute.key() + "=" + attribute.value());
  }

  private static String code(String name) {
    return name == null ? NONE : "`" + name + "`";
  }
}
