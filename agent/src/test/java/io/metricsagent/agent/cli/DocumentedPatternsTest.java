package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The examples of the pages for log lines and webhooks, as they are printed there. That for
 * middleware is Java, so {@code DocumentedExamplesTest} of the Java interface compiles and runs it.
 */
class DocumentedPatternsTest {
  private static final Path PAGES = Path.of("..", "agent", "docs");
  private static final Pattern LOG =
      Pattern.compile("```json\n(\\{\"timestamp\".*?)```", Pattern.DOTALL);
  private static final Pattern CURL =
      Pattern.compile("curl (\\S+) -H \"Authorization: ([^\"]+)\" \\\\\n  -d '([^']+)'");
  private static final Pattern LISTENING =
      Pattern.compile("listening on (\\S+)\\s+token for sessions: (\\S+)");

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private static Matcher found(Pattern pattern, CharSequence text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher;
  }

  private void assertOneSession(Path sessions) throws Exception {
    Path report = folder.resolve("report.json");
    int code = shell.run("analyze", sessions.toString(), "-o", report.toString());
    assertThat(code).as(shell.err()).isZero();
    JsonNode analysis = Json.MAPPER.readTree(Files.readString(report));
    assertThat(analysis.path("total_sessions").intValue()).isEqualTo(1);
    assertThat(analysis.path("skills").get(0).stringValue()).isEqualTo("azure-deploy");
    assertThat(analysis.path("metrics").path("success_rate").doubleValue()).isEqualTo(1);
    assertThat(analysis.path("metrics").path("total_tool_calls").intValue()).isEqualTo(1);
  }

  @Test
  void theLogLinesBecomeASession() throws Exception {
    String page = Files.readString(PAGES.resolve("sessions.md"));
    Path log = Files.writeString(folder.resolve("app.log"), found(LOG, page).group(1));
    Path sessions = folder.resolve("sessions.json");
    int code = shell.run("import-logs", log.toString(), "-o", sessions.toString());
    assertThat(code).as(shell.err()).isZero();
    assertThat(shell.err()).isEmpty();
    assertOneSession(sessions);
  }

  @Test
  void theCallsOfTheWebhookBecomeASession() throws Exception {
    shell.properties.setProperty("metrics.agent.dir", folder.toString());
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Thread server = new Thread(() -> shell.run(told::add, "serve", "--port", "0"), "serve");
    server.start();
    try {
      StringBuilder output = new StringBuilder();
      while (!LISTENING.matcher(output).find()) {
        String text = told.poll(30, TimeUnit.SECONDS);
        assertThat(text).as("the server listens; it printed: %s", output).isNotNull();
        output.append(text);
      }
      Matcher listening = found(LISTENING, output);
      List<String> answers = calls(listening.group(1), listening.group(2));
      assertThat(answers).hasSize(3);
      assertThat(answers.get(1)).isEqualTo("{\"ok\": true}");
      assertThat(answers.get(2)).startsWith("{\"ok\": true, \"duration_ms\": ");
    } finally {
      server.interrupt();
      server.join(30_000);
    }
    assertOneSession(folder.resolve("debug/sessions"));
  }

  /** Makes the calls of the page at a server, and returns the answers. */
  private static List<String> calls(String url, String token) throws Exception {
    String page = Files.readString(PAGES.resolve("session-metrics.md"));
    List<String> answers = new ArrayList<>();
    Matcher call = CURL.matcher(page);
    String id = "";
    while (call.find()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      call.group(1).replace("http://localhost:9465", url).replace("$ID", id)))
              .header("Authorization", call.group(2).replace("$TOKEN", token))
              .POST(HttpRequest.BodyPublishers.ofString(call.group(3)))
              .build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      answers.add(answer.body().strip());
      JsonNode started = Json.MAPPER.readTree(answer.body()).path("session_id");
      id = started.isString() ? started.stringValue() : id;
    }
    return answers;
  }
}
