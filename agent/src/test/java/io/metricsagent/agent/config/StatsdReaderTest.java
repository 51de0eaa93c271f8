package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.statsd.StatsdSettings;
import java.io.File;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader obeys the environment variables of Datadog's clients. */
class StatsdReaderTest {
  private final Settings settings = Settings.none().property("metrics.agent.exporters", "statsd");

  private static String target(AgentConfig config) {
    StatsdSettings statsd = config.statsd();
    return statsd.socket() == null ? statsd.host() + ":" + statsd.port() : "" + statsd.socket();
  }

  @Test
  void hostAndPortComeFromDatadogsVariables() {
    settings.environment("DD_AGENT_HOST", "10.0.0.7");
    assertThat(target(settings.load())).isEqualTo("10.0.0.7:8125");
    settings.environment("DD_DOGSTATSD_PORT", "9125");
    assertThat(target(settings.load())).isEqualTo("10.0.0.7:9125");
    assertThat(settings.load().settings())
        .contains(
            new SettingValue("metrics.agent.statsd.host", "10.0.0.7", "environment DD_AGENT_HOST"));
    settings.property("metrics.agent.statsd.host", "mine");
    assertThat(target(settings.load())).isEqualTo("mine:8125");
  }

  @ParameterizedTest
  @CsvSource({
    "udp://dd:9000,dd:9000",
    "udp://dd,dd:8125",
    "unixstream:///var/run/datadog/dsd.socket,/var/run/datadog/dsd.socket",
  })
  void theUrlWins(String url, String expected) {
    settings.environment("DD_AGENT_HOST", "10.0.0.7").environment("DD_DOGSTATSD_URL", url);
    assertThat(target(settings.load())).isEqualTo(expected.replace('/', File.separatorChar));
    assertThat(settings.load().problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "unix:///var/run/datadog/dsd.socket,Java has no Unix datagram sockets",
    "http://x,neither udp:// nor unixstream://",
    "unixstream://,not a URL",
    "udp:///x,has no host",
  })
  void aUrlThatCannotBeUsedIsReportedOnlyWhereStatsdIsInUse(String url, String reason) {
    settings.environment("DD_DOGSTATSD_URL", url);
    assertThat(settings.load().problems())
        .containsExactly(
            "DD_DOGSTATSD_URL="
                + url
                + " (environment): "
                + reason
                + "; write udp://host:port or unixstream:///path/of/socket. Ignored.");
    assertThat(target(settings.load())).isEqualTo("localhost:8125");
    assertThat(settings.property("metrics.agent.exporters", "archive").load().problems()).isEmpty();
  }

  @Test
  void theContainerIsSentToDatadogUnlessThePodIsKnownOrItIsSwitchedOff() {
    assertThat(settings.load().statsd().tellsContainer()).isTrue();
    settings.environment("DD_ORIGIN_DETECTION_ENABLED", "false");
    assertThat(settings.load().statsd().tellsContainer()).isFalse();
    settings
        .environment("DD_ORIGIN_DETECTION_ENABLED", "true")
        .environment("DD_ENTITY_ID", "pod-1");
    assertThat(settings.load().statsd().tellsContainer()).isFalse();
  }

  @Test
  void theContainerIsSentInNoOtherDialect() {
    settings.property("metrics.agent.statsd.dialect", "telegraf");
    assertThat(settings.load().statsd().tellsContainer()).isFalse();
  }

  @Test
  void unifiedServiceTagsAreOnlyForDatadog() {
    settings
        .environment("DD_ENTITY_ID", "pod-1")
        .environment("DD_ENV", "prod")
        .environment("DD_SERVICE", "shop")
        .environment("DD_VERSION", "1.2")
        .environment("DD_AGENT_HOST", "10.0.0.7");
    assertThat(settings.load().statsd().tags())
        .isEqualTo(
            Map.of(
                "dd.internal.entity_id", "pod-1",
                "env", "prod",
                "service", "shop",
                "version", "1.2"));
    settings.property("metrics.agent.statsd.dialect", "telegraf");
    assertThat(settings.load().statsd().tags()).isEmpty();
    assertThat(target(settings.load())).isEqualTo("localhost:8125");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a b", "a|b", "a#b", "a@b", "wink.", ".wink", "a..b", "é", "a\nb"})
  void aPrefixThatAServerWouldReadAsSomethingElseIsRefused(String prefix) {
    AgentConfig config = settings.property("metrics.agent.statsd.prefix", prefix).load();

    assertThat(config.statsd().prefix()).isEqualTo("wink");
    assertThat(config.problems())
        .containsExactly(
            "metrics.agent.statsd.prefix="
                + prefix
                + " (system property): write letters, digits, _ and -, with single dots between"
                + " them. Using wink.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wink", "my-team.shop_2", "A"})
  void aPrefixOfNamesIsTaken(String prefix) {
    AgentConfig config = settings.property("metrics.agent.statsd.prefix", prefix).load();

    assertThat(config.statsd().prefix()).isEqualTo(prefix);
    assertThat(config.problems()).isEmpty();
  }

  @Test
  void aPasswordInDatadogsUrlIsMasked() {
    settings.environment("DD_DOGSTATSD_URL", "http://me:secret@host:8125?key=secret");

    assertThat(settings.load().problems())
        .singleElement()
        .asString()
        .startsWith("DD_DOGSTATSD_URL=http://***@host:8125?***")
        .doesNotContain("secret");
  }
}
