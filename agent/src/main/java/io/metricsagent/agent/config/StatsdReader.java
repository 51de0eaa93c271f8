package io.metricsagent.agent.config;

import io.metricsagent.exporters.UrlMask;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the settings of StatsD and, for the dialect {@code datadog}, the environment variables that
 * Datadog's own clients read. The agent's settings win over Datadog's variables.
 */
final class StatsdReader {
  private static final String DEFAULT = "default";
  private static final String URL = "DD_DOGSTATSD_URL";
  private static final String ADVICE =
      "; write udp://host:port or unixstream:///path/of/socket. Ignored.";

  private static final String[][] TAGS = {
    {"DD_ENTITY_ID", "dd.internal.entity_id"},
    {"DD_ENV", "env"},
    {"DD_SERVICE", "service"},
    {"DD_VERSION", "version"},
  };

  private final SettingReader reader;
  private final Map<String, String> environment;
  private final boolean inUse;
  private String host;
  private int port;
  private String target = DEFAULT;
  private File socket;

  /**
   * Makes a reader.
   *
   * @param inUse whether the exporter runs; where it does not, {@code DD_…} are meant for other
   *     software in this process, and faults in them are not reported
   */
  StatsdReader(SettingReader reader, Map<String, String> environment, boolean inUse) {
    this.reader = reader;
    this.environment = environment;
    this.inUse = inUse;
  }

  /**
   * What is read.
   *
   * @param target where host and port, or the socket, come from; {@code default} if not set
   */
  record Result(StatsdSettings settings, String target) {}

  Result read() {
    String dialect = reader.choice(ExporterSettings.STATSD_DIALECT);
    host = reader.text(ExporterSettings.STATSD_HOST);
    port = reader.port(ExporterSettings.STATSD_PORT);
    boolean own =
        reader.value(ExporterSettings.STATSD_HOST) != null
            || reader.value(ExporterSettings.STATSD_PORT) != null;
    Map<String, String> tags = Map.of();
    boolean container = false;
    if (dialect.equals("datadog")) {
      if (!own) {
        readDatadogTarget();
      }
      tags = datadogTags();
      // Datadog's agent finds the container by either id.
      container =
          variable("DD_ENTITY_ID") == null
              && !"false".equalsIgnoreCase(variable("DD_ORIGIN_DETECTION_ENABLED"));
    }
    StatsdSettings settings =
        new StatsdSettings(
            host,
            port,
            socket,
            prefix(),
            reader.rate(ExporterSettings.STATSD_SAMPLE_RATE),
            Dialect.of(dialect),
            tags,
            container,
            null);
    return new Result(settings, target);
  }

  /**
   * Returns the prefix. Other characters than those of names and dots would break StatsD's lines.
   */
  private String prefix() {
    SettingValue value = reader.value(ExporterSettings.STATSD_PREFIX);
    if (value != null && !isName(value.text())) {
      reader.reject(
          ExporterSettings.STATSD_PREFIX,
          value,
          "write letters, digits, _ and -, with single dots between them");
    }
    return reader.text(ExporterSettings.STATSD_PREFIX);
  }

  private static boolean isName(String text) {
    boolean afterDot = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      if (!letter && (c != '.' || afterDot)) {
        return false;
      }
      afterDot = !letter;
    }
    return !afterDot;
  }

  private Map<String, String> datadogTags() {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String[] tag : TAGS) {
      String value = variable(tag[0]);
      if (value != null) {
        tags.put(tag[1], value);
      }
    }
    return Collections.unmodifiableMap(tags);
  }

  private void readDatadogTarget() {
    String url = variable(URL);
    if (url != null && readUrl(url)) {
      target = "environment ".concat(URL);
      return;
    }
    String agent = variable("DD_AGENT_HOST");
    if (agent != null) {
      host = agent;
      target = "environment DD_AGENT_HOST";
    }
    String text = variable("DD_DOGSTATSD_PORT");
    if (text == null) {
      return;
    }
    int number = number(text);
    if (number < 1 || number > 65_535) {
      problem("DD_DOGSTATSD_PORT", text, "write a port from 1 to 65535. Ignored.");
      return;
    }
    port = number;
    target = agent == null ? "environment DD_DOGSTATSD_PORT" : target;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private boolean readUrl(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      problem(URL, url, "not a URL".concat(ADVICE));
      return false;
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    switch (scheme) {
      case "udp":
        if (uri.getHost() == null) {
          problem(URL, url, "has no host".concat(ADVICE));
          return false;
        }
        host = uri.getHost();
        port = uri.getPort() > 0 ? uri.getPort() : port;
        return true;
      case "unixstream":
        if (uri.getPath() == null || uri.getPath().isEmpty()) {
          problem(URL, url, "has no path".concat(ADVICE));
          return false;
        }
        socket = new File(uri.getPath());
        return true;
      case "unix":
      case "unixgram":
        problem(URL, url, "Java has no Unix datagram sockets".concat(ADVICE));
        return false;
      default:
        problem(URL, url, "neither udp:// nor unixstream://".concat(ADVICE));
        return false;
    }
  }

  private void problem(String variable, String value, String reason) {
    if (inUse) {
      reader.problem(variable + "=" + UrlMask.mask(value) + " (environment): " + reason);
    }
  }

  private String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.trim();
  }
}
