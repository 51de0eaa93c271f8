package io.metricsagent.agent.wandb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.agent.gauges.RunTypes;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WandbApiTest {
  private static final Instant NOW = Instant.parse("2025-10-10T12:00:00Z");
  private static final String TODAY = "2025-10-10T10:00:00";
  private static final String LAST_MONTH = "2025-09-10T10:00:00";

  private final List<Duration> slept = new ArrayList<>();
  private final WandbGauges gauges = new WandbGauges(RunTypes.of("train=github.sky.*"));
  private WandbServer server;

  @BeforeEach
  void start() throws Exception {
    server = new WandbServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private WandbProject project(String key, URI url) {
    return WandbProject.of(
        Map.of("WANDB_API_KEY", key, "WANDB_ENTITY", "shop", "WANDB_PROJECT", "llm"), url);
  }

  private Collected read() throws Exception {
    return read(project(WandbServer.KEY, server.url()));
  }

  private Collected read(WandbProject project) throws Exception {
    double end = NOW.getEpochSecond();
    new WandbApi(project, slept::add).read(end, gauges);
    return gauges.collect(end, NOW);
  }

  private void instead(int status, String retryAfter, String body) {
    server.instead.add(new WandbServer.Answer(status, retryAfter, body));
  }

  @Test
  void theProjectIsTheDocumentedOneUnlessTheEnvironmentNamesAnother() {
    assertThat(WandbProject.of(Map.of("WANDB_API_KEY", " k "), server.url()))
        .isEqualTo(new WandbProject(server.url(), "k", "metta-research", "metta"));
    assertThat(WandbProject.of(Map.of("WANDB_API_KEY", " "), server.url())).isNull();
    assertThat(project("secret", server.url()).toString()).doesNotContain("secret");
  }

  @Test
  void aRunOfTheApiHasTheSameGaugesAsOneOfAnExport() throws Exception {
    server.run(
        "abc",
        "github.sky.main",
        TODAY,
        "{\"overview/steps_per_second\": 12.5, \"_step\": 4, \"loss\": 0.25, \"x\": NaN}");
    Collected collected = read();
    assertThat(collected.points())
        .extracting(point -> point.measure().name() + point.tags().values() + "=" + point.value())
        .containsExactly(
            "wandb.run.duration_hours[abc, train, finished]=0.5",
            "wandb.run.sps[abc, train, finished]=12.5",
            "wandb.run.metric[abc, loss]=0.25",
            "wandb.runs[train, finished, 7d]=1.0");
    assertThat(collected.points()).extracting(GaugePoint::at).containsOnly(NOW);
  }

  @Test
  void allPagesAreReadTheNewestRunsFirst() throws Exception {
    for (int i = 0; i < 2 * WandbApi.PER_PAGE + 7; i++) {
      server.run("r" + i, "x", TODAY, "{}");
    }
    assertThat(read().runs()).isEqualTo(2 * WandbApi.PER_PAGE + 7);
    assertThat(server.variables)
        .extracting(given -> given.get("cursor").asString("none"))
        .containsExactly("none", "50", "100");
    assertThat(server.variables)
        .extracting(given -> given.get("order").asString())
        .containsOnly("-created_at");
  }

  @Test
  void noPageIsAskedForBehindOneThatEndsWithAnOldRun() throws Exception {
    for (int i = 0; i < 3 * WandbApi.PER_PAGE; i++) {
      server.run("r" + i, "x", i < 60 ? TODAY : LAST_MONTH, "{}");
    }
    Collected collected = read();
    assertThat(collected.runs()).isEqualTo(60);
    assertThat(server.variables).hasSize(2);
    assertThat(collected.skipped().reasons()).containsExactly("40 older than seven days");
  }

  @Test
  void aRunThatMovedToTheNextPageCountsOnce() throws Exception {
    for (int i = 0; i < WandbApi.PER_PAGE; i++) {
      server.run("r" + i, "x", TODAY, "{}");
    }
    server.run("r" + (WandbApi.PER_PAGE - 1), "x", TODAY, "{}");
    assertThat(read().runs()).isEqualTo(WandbApi.PER_PAGE);
  }

  @Test
  void aKeyThatIsNotAcceptedIsToldAtOnceAndNotShown() {
    assertThatThrownBy(() -> read(project("wrong-key", server.url())))
        .isInstanceOf(WandbException.class)
        .hasMessageContaining("401")
        .hasMessageContaining("WANDB_API_KEY")
        .hasMessageNotContaining("wrong-key");
    assertThat(server.variables).hasSize(1);
    assertThat(slept).isEmpty();
  }

  @Test
  void tooManyRequestsAreWaitedFor() throws Exception {
    server.run("a", "x", TODAY, "{}");
    instead(429, null, "slow down");
    instead(503, null, "");
    instead(429, "7", "slow down");
    instead(429, "99999", "slow down");
    assertThat(read().runs()).isEqualTo(1);
    assertThat(slept)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(7),
            Duration.ofSeconds(60));
  }

  @Test
  void theFifthRefusalIsTheLast() {
    for (int i = 0; i < 5; i++) {
      instead(429, null, "slow down");
    }
    assertThatThrownBy(this::read).hasMessageContaining("429").hasMessageContaining("5th attempt");
    assertThat(slept).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L);
  }

  @Test
  void aServerThatCannotBeReachedIsTriedAgain() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    URI nowhere = URI.create("http://user:hidden@127.0.0.1:" + port + "/graphql");
    assertThatThrownBy(() -> read(project(WandbServer.KEY, nowhere)))
        .hasMessageContaining("cannot be reached")
        .hasMessageNotContaining("hidden");
    assertThat(slept).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>maintenance</html>",
        "{\"data\": {\"project\": {\"runs\": {\"edges\": [{\"node\": {\"na",
        "{\"data\": {}}",
        "[]",
        "7",
        "{\"data\": {\"project\": {\"runs\": {\"edges\": []}}}}",
        "{\"data\": {\"project\": {\"runs\": {\"edges\": [], \"pageInfo\":"
            + " {\"hasNextPage\": true}}}}}",
        "{\"data\": {\"project\": {\"runs\": {\"edges\": [], \"pageInfo\":"
            + " {\"hasNextPage\": \"yes\", \"endCursor\": \"1\"}}}}}"
      })
  void aBrokenPageEndsTheCollection(String body) {
    instead(200, null, body);
    assertThatThrownBy(this::read)
        .isInstanceOf(WandbException.class)
        .hasMessageContaining("page 1 of the runs is broken");
  }

  @Test
  void aCursorThatLeadsBackIsNotFollowedForever() {
    String page =
        "{\"data\": {\"project\": {\"runs\": {\"edges\": [], \"pageInfo\":"
            + " {\"hasNextPage\": true, \"endCursor\": \"same\"}}}}}";
    instead(200, null, page);
    instead(200, null, page);
    assertThatThrownBy(this::read).hasMessageContaining("page 2 of the runs is broken");
  }

  @Test
  void anEdgeWithoutARunIsCounted() throws Exception {
    instead(
        200,
        null,
        "{\"data\": {\"project\": {\"runs\": {\"edges\": [null, {\"node\": 7}, 8], \"pageInfo\":"
            + " {\"hasNextPage\": false}}}}}");
    assertThat(read().skipped().reasons()).containsExactly("3 not an object");
  }

  @Test
  void anErrorOfTheServerIsTold() {
    instead(
        200, null, "{\"errors\": [{\"message\": \"Unknown field sweepName\"}], \"data\": null}");
    assertThatThrownBy(this::read).hasMessageContaining("Unknown field sweepName");
  }

  @Test
  void aProjectThatIsNotThereIsTold() {
    WandbProject other = WandbProject.of(Map.of("WANDB_API_KEY", WandbServer.KEY), server.url());
    assertThatThrownBy(() -> read(other))
        .hasMessageContaining("no project metta-research/metta")
        .hasMessageContaining("WANDB_ENTITY");
  }

  @Test
  void theKeyGoesToNoOtherServer() {
    instead(302, null, "moved");
    assertThatThrownBy(this::read).hasMessageContaining("302");
    assertThat(server.variables).hasSize(1);
  }
}
