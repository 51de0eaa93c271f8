package io.metricsagent.agent.wandb;

import io.metricsagent.exporters.UrlMask;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks W&B's GraphQL API for the runs of a project, the newest first, page by page, until a page
 * ends with a run that is too old. Used by one thread.
 *
 * <p>An answer that asks for patience (429) or that a later attempt may better (500 and more, no
 * answer) is asked for again, after 1, 2, 4 and 8 seconds or the time that the server names. A page
 * that cannot be read ends the collection: without it, the counts of runs would be wrong.
 */
public final class WandbApi {
  static final int PER_PAGE = 50;

  /** A server that has always one more page is not followed forever. */
  static final int MAX_PAGES = 10_000;

  private static final int ATTEMPTS = 5;
  private static final int MAX_PAGE_BYTES = 64 << 20;
  private static final long MAX_WAIT_SECONDS = 60;
  private static final int TOO_MANY = 429;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final String QUERY =
      """
      query Runs($project: String!, $entity: String!, $cursor: String, $perPage: Int!, \
      $order: String) {
        project(name: $project, entityName: $entity) {
          runs(after: $cursor, first: $perPage, order: $order) {
            edges {
              node {
                name
                displayName
                state
                createdAt
                heartbeatAt
                sweepName
                summaryMetrics
                systemMetrics
              }
            }
            pageInfo {
              endCursor
              hasNextPage
            }
          }
        }
      }
      """;

  private static final JsonMapper MAPPER = JsonMapper.builder(RunParser.JSON).build();

  private final WandbProject project;
  private final Sleeper sleeper;
  private final HttpClient client;

  /** The address for messages, without a password. */
  private final String url;

  /** Makes a client. Redirects are not followed, so the key goes to no other server. */
  public WandbApi(WandbProject project, Sleeper sleeper) {
    this.project = project;
    this.sleeper = sleeper;
    url = UrlMask.mask(project.url().toString());
    client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  }

  /**
   * Adds the runs that were created in the seven days before {@code end}, and some older ones.
   *
   * @param end in seconds since 1970
   * @throws WandbException if a page cannot be had or read
   */
  public void read(double end, WandbGauges into) throws WandbException, InterruptedException {
    RunParser runs = new RunParser(RunField.OF_API);
    Set<String> cursors = new HashSet<>();
    String cursor = null;
    for (int page = 1; page <= MAX_PAGES; page++) {
      JsonNode answer = page(cursor, page);
      double oldest = add(answer.path("edges"), runs, into);
      JsonNode info = answer.path("pageInfo");
      if (!info.path("hasNextPage").isBoolean()) {
        throw broken(page, "it does not say whether there is another page", null);
      }
      if (!info.get("hasNextPage").asBoolean() || oldest < end - WandbGauges.WINDOW_SECONDS) {
        return;
      }
      cursor = info.path("endCursor").asString("");
      if (cursor.isEmpty() || !cursors.add(cursor)) {
        throw broken(page, "its cursor leads to no other page", null);
      }
    }
    throw new WandbException(url + ": more than " + MAX_PAGES + " pages");
  }

  /** Adds the runs of a page, and returns when the last one was created, or NaN. */
  private static double add(JsonNode edges, RunParser runs, WandbGauges into) {
    double last = Double.NaN;
    for (JsonNode edge : edges) {
      JsonNode node = edge.path("node");
      if (!node.isObject()) {
        into.addOther();
        continue;
      }
      try (JsonParser parser = MAPPER.treeAsTokens(node)) {
        parser.nextToken();
        WandbRun run = runs.read(parser);
        last = run.created;
        into.add(run);
      }
    }
    return last;
  }

  /** Returns the connection of runs of one page. */
  private JsonNode page(String cursor, int page) throws WandbException, InterruptedException {
    byte[] body = ask(cursor);
    JsonNode answer;
    try {
      answer = MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw broken(page, "it is not JSON", e);
    }
    JsonNode errors = answer.path("errors");
    if (errors.isArray() && !errors.isEmpty()) {
      throw new WandbException(
          url + " answers: " + errors.get(0).path("message").asString("an error"));
    }
    JsonNode data = answer.path("data");
    if (data.path("project").isNull()) {
      throw new WandbException(
          url
              + ": there is no project "
              + project.entity()
              + "/"
              + project.project()
              + " that the key may read; set WANDB_ENTITY and WANDB_PROJECT");
    }
    JsonNode runs = data.path("project").path("runs");
    if (!runs.path("edges").isArray()) {
      throw broken(page, "it has no runs", null);
    }
    return runs;
  }

  private byte[] ask(String cursor) throws WandbException, InterruptedException {
    HttpRequest request = request(cursor);
    for (int attempt = 1; ; attempt++) {
      Duration wait = Duration.ofSeconds(1L << (attempt - 1));
      String problem;
      try {
        HttpResponse<InputStream> answer =
            client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
          if (answer.statusCode() == 200) {
            return bytes(body);
          }
        }
        problem = "answers with status " + answer.statusCode();
        refuse(answer.statusCode(), problem);
        wait = later(answer, wait);
      } catch (IOException e) {
        problem = "cannot be reached: " + reason(e);
      }
      if (attempt == ATTEMPTS) {
        throw new WandbException(url + " " + problem + ", also at the " + ATTEMPTS + "th attempt");
      }
      sleeper.sleep(wait);
    }
  }

  private HttpRequest request(String cursor) {
    ObjectNode body = MAPPER.createObjectNode().put("query", QUERY);
    body.putObject("variables")
        .put("entity", project.entity())
        .put("project", project.project())
        .put("cursor", cursor)
        .put("perPage", PER_PAGE)
        .put("order", "-created_at");
    String login =
        Base64.getEncoder()
            .encodeToString(("api:" + project.key()).getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(project.url())
        .timeout(ANSWER)
        .header("Authorization", "Basic " + login)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  private byte[] bytes(InputStream body) throws IOException, WandbException {
    byte[] bytes = body.readNBytes(MAX_PAGE_BYTES + 1);
    if (bytes.length > MAX_PAGE_BYTES) {
      throw new WandbException(url + ": a page is larger than 64 MB");
    }
    return bytes;
  }

  /** Throws an exception if another attempt would have the same answer. */
  private void refuse(int status, String problem) throws WandbException {
    if (status == 401 || status == 403) {
      throw new WandbException(
          url
              + " "
              + problem
              + ": it does not accept the key in "
              + WandbProject.KEY
              + " for "
              + project.entity()
              + "/"
              + project.project());
    }
    if (status != TOO_MANY && status < 500) {
      throw new WandbException(url + " " + problem + "; is it a GraphQL endpoint?");
    }
  }

  /** Returns the time that the server asks for, at most a minute, or {@code otherwise}. */
  private static Duration later(HttpResponse<?> answer, Duration otherwise) {
    String seconds = answer.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,9}")
        ? Duration.ofSeconds(Math.min(Long.parseLong(seconds), MAX_WAIT_SECONDS))
        : otherwise;
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private WandbException broken(int page, String reason, Throwable cause) {
    return new WandbException(url + ": page " + page + " of the runs is broken: " + reason, cause);
  }
}
