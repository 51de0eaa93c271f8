package io.metricsagent.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that do not behave, and a scrape beside them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScrapeServerTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String GET = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";

  private final SampleRegistry sample = new SampleRegistry();
  private final List<Socket> clients = new ArrayList<>();
  private PrometheusSink sink;

  @AfterEach
  void close() throws Exception {
    for (Socket client : clients) {
      client.close();
    }
    sink.close();
  }

  /** The deadlines are far away: what makes room for a scrape is not that time passes. */
  private void openForLong() throws IOException {
    open(new ScrapeLimits(32, 8, LONG, LONG, LONG));
  }

  private void open(ScrapeLimits limits) throws IOException {
    sink =
        PrometheusSink.open(new PrometheusSettings("127.0.0.1", 0, null), sample::snapshot, limits);
  }

  private Socket client(String firstWords) throws IOException {
    Socket client = new Socket();
    client.setReceiveBufferSize(4096);
    client.connect(new InetSocketAddress("127.0.0.1", sink.port()));
    client.setSoTimeout(20_000); // only to give up
    clients.add(client);
    client.getOutputStream().write(firstWords.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  /** Scrapes over a connection of its own and returns the answer. */
  private String scrape() throws IOException {
    return answer(client("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  }

  private static String answer(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Waits for the end of a connection, which may come as a reset. */
  private static void awaitEnd(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    try {
      while (in.read() >= 0) {
        continue;
      }
    } catch (SocketException reset) {
      // An end as well.
    }
  }

  private void recordMuch() {
    for (int i = 0; i < 900; i++) {
      sample.recordCalls("tool-" + i, 20, 1);
    }
  }

  /** An error of which even the text fails, as where no memory is left for a message. */
  private static final class Unspeakable extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
      throw this;
    }
  }

  @Test
  void aFaultThatCannotBeLoggedEndsItsConnectionAlone() throws Exception {
    AtomicBoolean healthy = new AtomicBoolean();
    sink =
        PrometheusSink.open(
            new PrometheusSettings("127.0.0.1", 0, null),
            () -> {
              if (!healthy.get()) {
                throw new Unspeakable();
              }
              return sample.snapshot();
            });
    awaitEnd(client(GET));
    healthy.set(true);
    sample.recordCalls("search", 1, 1);

    assertThat(scrape()).contains("search");
  }

  @Test
  void halfSentRequestsHoldUpNoScrape() throws Exception {
    openForLong();
    for (int i = 0; i < 4; i++) {
      client("GET /metrics HTTP/1.1\r\nHos");
    }
    assertThat(scrape()).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void whoDoesNotReadHoldsUpNoScrape() throws Exception {
    recordMuch();
    openForLong();
    for (int i = 0; i < 20; i++) {
      assertThat(client(GET).getInputStream().read()).isEqualTo('H');
    }
    assertThat(scrape()).startsWith("HTTP/1.1 200 OK\r\n").contains("tool-899");
  }

  @Test
  void noMoreAnswersThanTheLimitWaitForTheirReaders() throws Exception {
    recordMuch();
    open(new ScrapeLimits(32, 2, LONG, LONG, LONG));
    List<Socket> deaf = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      deaf.add(client(GET));
      assertThat(deaf.get(i).getInputStream().read()).isEqualTo('H');
    }
    awaitEnd(deaf.get(0));
  }

  @Test
  void idleConnectionsLeaveForNewOnesTheOldestFirst() throws Exception {
    open(new ScrapeLimits(3, 8, LONG, LONG, LONG));
    Socket first = client("");
    Socket second = client("");
    for (int i = 0; i < 20; i++) {
      assertThat(scrape()).startsWith("HTTP/1.1 200 OK\r\n");
    }
    awaitEnd(first);
    awaitEnd(second);
  }

  @Test
  void aConnectionThatSaysNothingIsClosedInTime() throws Exception {
    open(new ScrapeLimits(32, 8, SHORT, LONG, LONG));
    awaitEnd(client(""));
  }

  /** Each byte comes before the limit of the request, their last would come long after it. */
  @Test
  void aRequestThatDripsIsClosedInTime() throws Exception {
    open(new ScrapeLimits(32, 8, SHORT, LONG, LONG));
    Socket slow = client("GET /metrics HTTP/1.1\r\n");
    slow.setSoTimeout((int) SHORT.toMillis() / 10);
    int drops = 0;
    while (!isClosedBeforeTimeout(slow) && drops < 500) {
      slow.getOutputStream().write('x');
      drops++;
    }
    assertThat(drops).isLessThan(500);
  }

  private static boolean isClosedBeforeTimeout(Socket client) throws IOException {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void anAnswerThatNobodyReadsIsDroppedInTime() throws Exception {
    recordMuch();
    open(new ScrapeLimits(32, 8, LONG, LONG, SHORT));
    Socket deaf = client(GET);
    assertThat(scrape()).contains("tool-899");
    // What the system still holds arrives; the end of the answer does not.
    awaitEnd(deaf);
  }

  @Test
  void aConnectionIsKeptAndClosedWhenIdle() throws Exception {
    open(new ScrapeLimits(32, 8, LONG, SHORT, LONG));
    Socket kept = client(GET);
    assertThat(answer(kept)).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("Connection: close");
  }

  @Test
  void oneConnectionServesManyScrapes() throws Exception {
    sample.recordEverything();
    openForLong();
    Socket kept = client("");
    for (int i = 0; i < 3; i++) {
      kept.getOutputStream()
          .write("GET /none HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[10_000];
      int length = 0;
      while (!new String(answer, 0, length, StandardCharsets.US_ASCII).contains("/metrics.\n")) {
        length += kept.getInputStream().read(answer, length, answer.length - length);
      }
      assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 404 Not Found\r\n")
          .contains("\r\nContent-Length: 25\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /metrics HTTP/1.0\\r\\n\\r\\n|200",
        "GET http://x:1/metrics?a=b HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n|200",
        "GET /metrics HTTP/1.1\\nConnection: close\\n\\n|200",
        "GET /metrics HTTP/1.1\\r\\n\\r\\nGET /metrics HTTP/1.1\\r\\n\\r\\n|200",
        "HEAD /metrics HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n|200",
        "POST /metrics HTTP/1.1\\r\\nContent-Length: 5\\r\\n\\r\\nhello|405",
        "POST /metrics HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n|405",
        "OPTIONS * HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n|404",
        "SSH-2.0-OpenSSH_9.2\\r\\n\\r\\n|400",
        "GET /a b HTTP/1.1\\r\\n\\r\\n|400",
        "GET /%zz HTTP/1.1\\r\\n\\r\\n|400",
        "GET /metrics HTTP/1.1\\r\\nno colon\\r\\n\\r\\n|400",
        "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n|505",
      })
  void eachRequestIsAnsweredOnceAndTheConnectionEnds(String request, int status) throws Exception {
    openForLong();
    String answer = answer(client(request.replace("\\r", "\r").replace("\\n", "\n")));
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\r\nConnection: close\r\n");
    assertThat(answer.split("HTTP/1\\.1 \\d", -1)).hasSize(2);
  }

  @Test
  void aHeadWithoutEndIsRefused() throws Exception {
    openForLong();
    Socket client = client("GET /metrics HTTP/1.1\r\nx: " + "y".repeat(20_000));
    assertThat(answer(client)).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void aHeadIsAnsweredWithoutABody() throws Exception {
    sample.recordEverything();
    openForLong();
    assertThat(answer(client("HEAD /metrics HTTP/1.1\r\nConnection: close\r\n\r\n")))
        .contains("Content-Type: text/plain; version=0.0.4")
        .endsWith("\r\n\r\n")
        .doesNotContain("wink_");
  }

  @Test
  void aScrapeThatFailsIsAnsweredAndTheNextOneServed() throws Exception {
    boolean[] broken = {true};
    sink =
        PrometheusSink.open(
            new PrometheusSettings("127.0.0.1", 0, null),
            () -> {
              if (broken[0]) {
                broken[0] = false;
                throw new IllegalStateException("broken");
              }
              return sample.snapshot();
            });
    assertThat(scrape()).startsWith("HTTP/1.1 500 ");
    assertThat(scrape()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void thePortIsFreeAgainOnceTheSinkIsClosed() throws Exception {
    openForLong();
    PrometheusSettings same = new PrometheusSettings("127.0.0.1", sink.port(), null);
    client("");
    sink.close();
    sink = PrometheusSink.open(same, sample::snapshot);
    assertThat(scrape()).startsWith("HTTP/1.1 200 OK\r\n");
  }
}
