package io.metricsagent.agent.config;

import static io.metricsagent.agent.config.Setting.computed;
import static io.metricsagent.agent.config.Setting.constant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The settings of what the agent measures, when it exports and what it logs. The order of the
 * constants is that of the reference table.
 */
public final class AgentSettings {
  private static final List<Setting> ALL = new ArrayList<>();

  public static final Setting ENABLED =
      constant(
              "metrics.agent.enabled",
              SettingType.BOOLEAN,
              "true",
              "`false` leaves the application as it is: nothing is woven or exported.")
          .addTo(ALL);

  public static final Setting EXPORTERS =
      computed(
              "metrics.agent.exporters",
              SettingType.LIST,
              "`archive`, plus `otlp` when an OTLP endpoint is configured",
              "Where snapshots go: any of `archive`, `otlp`, `prometheus` and `statsd`, or"
                  + " `none`.")
          .oneOf("archive", "otlp", "prometheus", "statsd", "none")
          .addTo(ALL);

  public static final Setting INTERVAL =
      computed(
              "metrics.agent.interval",
              SettingType.DURATION,
              "`otel.metric.export.interval` where set, else `60s`",
              "Time between two exports: `500ms`, `60s`, `5m` or `1h`, at least `100ms`. The unit"
                  + " is required.")
          .addTo(ALL);

  public static final Setting DIRECTORY =
      constant(
              "metrics.agent.dir",
              SettingType.FILE,
              ".metrics-agent",
              "The folder that holds all the agent writes, relative to the working directory.")
          .addTo(ALL);

  public static final Setting RUNS_PATH =
      computed(
              "metrics.agent.runs.path",
              SettingType.FILE,
              "environment variable `WORLDFLUX_METRICS_PATH`, else `metrics.jsonl` in the folder of"
                  + " `metrics.agent.dir`",
              "The file of runs, which the command `wasr` reads; `/dev/null` for none.")
          .addTo(ALL);

  public static final Setting RUNS_ENABLED =
      constant(
              "metrics.agent.runs.enabled",
              SettingType.BOOLEAN,
              "false",
              "`true` writes one line for each run to the file of runs, which is never sent.")
          .addTo(ALL);

  public static final Setting RUNS_INCLUDE =
      computed(
              "metrics.agent.runs.include",
              SettingType.TEXT,
              "none",
              "Methods of your own whose calls are runs, unless an AI service is called around"
                  + " them: `com.acme.Job[run]`.")
          .addTo(ALL);

  public static final Setting RUNS_SCENARIO =
      computed(
              "metrics.agent.runs.scenario",
              SettingType.TEXT,
              "what is run, such as `Assistant.chat`",
              "The `scenario` of all runs of the process.")
          .addTo(ALL);

  public static final Setting RUNS_ID =
      constant(
              "metrics.agent.runs.id",
              SettingType.CHOICE,
              "run",
              "`run` gives each run an id of its own in the file of runs; `worker` gives all runs"
                  + " of a worker its `metrics.agent.worker.id`, so that `retention` says which"
                  + " workers came back.")
          .oneOf("run", "worker")
          .addTo(ALL);

  public static final Setting SESSION_ID =
      computed(
              "metrics.agent.session.id",
              SettingType.TEXT,
              "none",
              "The session of all runs that are part of no conversation otherwise.")
          .addTo(ALL);

  public static final Setting ROLLUPS_ENABLED =
      constant(
              "metrics.agent.rollups.enabled",
              SettingType.BOOLEAN,
              "false",
              "`true` keeps session metrics by the hour in the folder `rollups` of"
                  + " `metrics.agent.dir`.")
          .addTo(ALL);

  public static final Setting CONFIG_FILE =
      computed(
              "metrics.agent.config.file",
              SettingType.FILE,
              "none",
              "A properties file (UTF-8) with settings. Everything else wins over it.")
          .addTo(ALL);

  public static final Setting WORKER_ID =
      computed(
              "metrics.agent.worker.id",
              SettingType.TEXT,
              "environment variable `WORKER_ID`, else `{host}-{pid}`",
              "Tag `worker`: tells the processes of one service apart.")
          .addTo(ALL);

  public static final Setting EXPERIMENT =
      computed(
              "metrics.agent.experiment",
              SettingType.TEXT,
              "none",
              "Tag `experiment` of calls for which the application says none.")
          .addTo(ALL);

  public static final Setting CONTEXT_ENABLED =
      constant(
              "metrics.agent.context.enabled",
              SettingType.BOOLEAN,
              "true",
              "`false` does not read what a call is for from OpenTelemetry's baggage and the log"
                  + " context (MDC).")
          .addTo(ALL);

  public static final Setting CONTEXT_KEYS =
      computed(
              "metrics.agent.context.keys",
              SettingType.PAIRS,
              "`metrics.agent.experiment`, else `experiment`; likewise for other fields",
              "Other keys in baggage and log context: `experiment=ab_arm,request_id=rid`. An empty"
                  + " key, as in `session_id=`, reads no such field.")
          .addTo(ALL);

  public static final Setting CARDINALITY_LIMIT =
      constant(
              "metrics.agent.cardinality.limit",
              SettingType.COUNT,
              "1000",
              "Series of a kind (adapters, tools, mailboxes, MCP requests of a side). Beyond it new"
                  + " ones share `_other`. Of a name the first 200 characters count.")
          .addTo(ALL);

  public static final Setting INSTRUMENTATION =
      constant(
              "metrics.agent.instrumentation.<name>.enabled",
              SettingType.BOOLEAN,
              "true",
              "`false` leaves one library alone, such as"
                  + " `metrics.agent.instrumentation.langchain4j.enabled`.")
          .addTo(ALL);

  public static final Setting ADAPTERS_INCLUDE =
      computed(
              "metrics.agent.adapters.include",
              SettingType.TEXT,
              "none",
              "Methods of your own to measure as LLM calls:"
                  + " `com.acme.Llm[complete,stream];com.acme.Other[call]`.")
          .addTo(ALL);

  public static final Setting TOOLS_INCLUDE =
      computed(
              "metrics.agent.tools.include",
              SettingType.TEXT,
              "none",
              "Methods of your own to measure as tool calls, in the same form.")
          .addTo(ALL);

  public static final Setting MAILBOXES_INCLUDE =
      computed(
              "metrics.agent.mailboxes.include",
              SettingType.TEXT,
              "none",
              "Methods of your own that handle messages, in the same form; `=ROLE` may follow a"
                  + " name.")
          .addTo(ALL);

  public static final Setting RULES_FILE =
      computed(
              "metrics.agent.rules.file",
              SettingType.FILE,
              "none",
              "Files of rules for classes of your own, separated by commas, in YAML or JSON: see"
                  + " [rules](rules.md).")
          .addTo(ALL);

  public static final Setting MESSAGING =
      constant(
              "metrics.agent.messaging",
              SettingType.BOOLEAN,
              "false",
              "`true` also measures how long it takes to receive, settle and process messages, and"
                  + " has OTLP report this and the messages received under OpenTelemetry's names,"
                  + " `messaging.*`, beside the agent's own.")
          .addTo(ALL);

  public static final Setting EXECUTORS_ENABLED =
      constant(
              "metrics.agent.executors.enabled",
              SettingType.BOOLEAN,
              "false",
              "`true` measures the queues of thread pools (`ThreadPoolExecutor`) as mailboxes of"
                  + " the system `executor`: depth, refused tasks, and how long tasks wait.")
          .addTo(ALL);

  public static final Setting ACTORS_ENABLED =
      constant(
              "metrics.agent.actors.enabled",
              SettingType.BOOLEAN,
              "false",
              "`true` measures the mailboxes of actors of Pekko and Akka, by the class of the"
                  + " actor.")
          .addTo(ALL);

  public static final Setting RUN_GAUGES =
      constant(
              "metrics.agent.run.gauges",
              SettingType.BOOLEAN,
              "false",
              "`true` sends raw values of each run through every exporter: its duration, its calls"
                  + " of models each second, its tokens, and so on.")
          .addTo(ALL);

  public static final Setting RUN_GAUGES_LIFETIME =
      constant(
              "metrics.agent.run.gauges.lifetime",
              SettingType.DURATION,
              "15m",
              "How long the values of a run are kept after its end, at least `1s`.")
          .addTo(ALL);

  public static final Setting RUN_GAUGES_MAX_RUNS =
      constant(
              "metrics.agent.run.gauges.max.runs",
              SettingType.COUNT,
              "1000",
              "Of how many ended runs values are kept. Beyond it the oldest are dropped and counted"
                  + " as `run.dropped`.")
          .addTo(ALL);

  public static final Setting RUN_TYPES =
      constant(
              "metrics.agent.run.types",
              SettingType.TEXT,
              "train=github.sky.*;sweep=*sweep*/i",
              "The tag `run_type`: the first pattern that the name of a run matches, else `all`."
                  + " `*` is any text, `/i` ignores upper and lower case. The default fits the"
                  + " names of one project's runs of W&B.")
          .addTo(ALL);

  public static final Setting LOG_LEVEL =
      constant(
              "metrics.agent.log.level",
              SettingType.CHOICE,
              "info",
              "What the agent prints to standard error, with the prefix `[metrics-agent]`:"
                  + " `off`, `error`, `warn`, `info` or `debug`.")
          .oneOf("off", "error", "warn", "info", "debug")
          .addTo(ALL);

  private AgentSettings() {}

  /** Returns the settings of this class in the order of the reference table. */
  static List<Setting> all() {
    return Collections.unmodifiableList(ALL);
  }
}
