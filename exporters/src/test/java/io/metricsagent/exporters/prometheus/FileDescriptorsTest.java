package io.metricsagent.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An application with few file descriptors, and clients that would take them all. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the limit is set by bash's ulimit")
class FileDescriptorsTest {
  private static final int DESCRIPTORS = 256;
  private static final int CLIENTS = 294;
  private static final int OF_THE_APPLICATION = 160;

  private final List<Socket> clients = new ArrayList<>();
  private Process application;
  private BufferedReader output;
  private int port;

  @BeforeEach
  void start() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    application =
        new ProcessBuilder(
                "bash",
                "-c",
                // The JVM would raise its own limit to the hard one.
                "ulimit -n " + DESCRIPTORS + "; exec \"$@\"",
                "bash",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                ScrapedMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    output =
        new BufferedReader(
            new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8));
    port = Integer.parseInt(output.readLine());
  }

  @AfterEach
  void stop() throws Exception {
    application.destroyForcibly();
    for (Socket client : clients) {
      client.close();
    }
  }

  private int openedByTheApplication(int wanted) throws IOException {
    application.getOutputStream().write((wanted + "\n").getBytes(StandardCharsets.UTF_8));
    application.getOutputStream().flush();
    return Integer.parseInt(output.readLine());
  }

  private Socket client(String words) throws IOException {
    Socket client = new Socket("127.0.0.1", port);
    client.setSoTimeout(20_000); // only to give up
    clients.add(client);
    client.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private Socket scraper() throws IOException {
    return client("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  private static String answer(Socket scraper) throws IOException {
    return new String(scraper.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void idleConnectionsLeaveTheApplicationItsFilesAndTheScraperItsAnswer() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      client("");
    }
    assertThat(answer(scraper())).contains("wink_tool_calls_total");
    assertThat(openedByTheApplication(OF_THE_APPLICATION)).isEqualTo(OF_THE_APPLICATION);
    assertThat(openedByTheApplication(0)).isZero();
    assertThat(openDescriptors()).isLessThan(DESCRIPTORS / 2);
  }

  /**
   * The listener survives that there was no descriptor for a client. The first scrape loads the
   * classes that an answer needs: this test's class path would need descriptors for them.
   */
  @Test
  void aScrapeIsAnsweredOnceTheApplicationHasGivenItsFilesBack() throws Exception {
    assertThat(answer(scraper())).contains("wink_tool_calls_total");
    assertThat(openedByTheApplication(10 * DESCRIPTORS)).isBetween(50, DESCRIPTORS);
    Socket early = scraper();
    assertThat(openedByTheApplication(0)).isZero();
    assertThat(answer(early)).contains("wink_tool_calls_total");
  }

  private long openDescriptors() throws IOException {
    try (var files = Files.list(Path.of("/proc/" + application.pid() + "/fd"))) {
      return files.count();
    }
  }
}
