package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentRecordingTest {
  /** Recordings of each kind, over all threads. */
  private static final int RECORDINGS = 96_000;

  private static final String[] ERRORS = {null, "timeout", "refused", null, "rate_limit"};

  private final Registry registry = Registries.empty();

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 32})
  void whatResetsClearAddsUpToExactlyWhatWasRecorded(int threads) throws Exception {
    recordWhileResetting(threads, Executors.newCachedThreadPool());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 32, 500})
  void theSameHoldsForVirtualThreads(int threads) throws Exception {
    recordWhileResetting(threads, virtualThreads());
  }

  private void recordWhileResetting(int threads, ExecutorService executor) throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(2);
    AtomicInteger running = new AtomicInteger(threads);
    try {
      Future<MetricsSnapshot> clearing =
          readers.submit(
              () -> {
                MetricsSnapshot sum = registry.snapshotAndReset();
                while (running.get() > 0) {
                  MetricsSnapshot cleared = registry.snapshotAndReset();
                  assertConsistent(cleared);
                  sum = sum.plus(cleared);
                }
                return sum;
              });
      Future<?> looking =
          readers.submit(
              () -> {
                while (running.get() > 0) {
                  assertConsistent(registry.snapshot());
                }
              });
      Recorded recorded = record(threads, executor, running);
      looking.get();
      recorded.assertEqualTo(clearing.get().plus(registry.snapshotAndReset()));
      assertThat(registry.snapshot().tools()).isEmpty();
    } finally {
      executor.shutdownNow();
      readers.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 32})
  void withoutAResetSnapshotsOnlyGrow(int threads) throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    AtomicInteger running = new AtomicInteger(threads);
    try {
      Future<?> looking =
          executor.submit(
              () -> {
                MetricsSnapshot last = registry.snapshot();
                while (running.get() > 0) {
                  MetricsSnapshot next = registry.snapshot();
                  assertConsistent(next);
                  // minus() refuses histograms that have lost a value
                  assertNotNegative(next.minus(last));
                  last = next;
                }
              });
      Recorded recorded = record(threads, executor, running);
      looking.get();
      recorded.assertEqualTo(registry.snapshot());
    } finally {
      executor.shutdownNow();
    }
  }

  private Recorded record(int threads, ExecutorService executor, AtomicInteger running)
      throws Exception {
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Future<Recorded>> writers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int thread = i;
      Callable<Recorded> writer =
          () -> {
            Recorded recorded = new Recorded();
            together.await();
            try {
              for (int n = 0; n < RECORDINGS / threads; n++) {
                recorded.one(registry, thread, n);
              }
            } finally {
              running.decrementAndGet();
            }
            return recorded;
          };
      writers.add(executor.submit(writer));
    }
    Recorded sum = new Recorded();
    for (Future<Recorded> writer : writers) {
      sum.add(writer.get());
    }
    return sum;
  }

  /** What holds in every snapshot, however many calls are being recorded. */
  private static void assertConsistent(MetricsSnapshot snapshot) {
    for (AdapterSnapshot adapter : snapshot.adapters()) {
      long errors = adapter.errorTypes().values().stream().mapToLong(Long::longValue).sum();
      assertThat(adapter.errorCount()).isEqualTo(errors);
      assertThat(adapter.totalLatency().count()).isEqualTo(adapter.requestCount());
      assertThat(adapter.requestCount()).isEqualTo(adapter.succeeded().count() + errors);
      assertThat(adapter.renderLatency().count()).isEqualTo(adapter.requestCount());
      assertThat(adapter.callLatency().count()).isEqualTo(adapter.requestCount());
      assertThat(adapter.totalLatency().sumNanos()).isEqualTo(2 * adapter.callLatency().sumNanos());
      assertThat(adapter.outputTokens().count()).isEqualTo(adapter.requestCount());
    }
    for (ToolSnapshot tool : snapshot.tools()) {
      assertThat(tool.callCount()).isEqualTo(tool.successCount() + tool.failureCount());
      assertThat(tool.latency().count()).isEqualTo(tool.callCount());
      assertThat(Arrays.stream(tool.latency().specBucketCounts()).sum())
          .isEqualTo(tool.callCount());
    }
    assertNotNegative(snapshot);
  }

  private static void assertNotNegative(MetricsSnapshot snapshot) {
    for (AdapterSnapshot adapter : snapshot.adapters()) {
      assertThat(adapter.totalLatency().sumNanos()).isNotNegative();
      assertThat(adapter.inputTokenCount()).isNotNegative();
      assertThat(adapter.cachedTokens()).isNotNegative();
      assertThat(adapter.throttleCount()).isNotNegative();
    }
    for (MailboxSnapshot mailbox : snapshot.mailboxes()) {
      assertThat(mailbox.received()).isNotNegative();
      assertThat(mailbox.retries()).isNotNegative();
      assertThat(mailbox.deliveryCounts()).allMatch(count -> count >= 0);
    }
  }

  private static ExecutorService virtualThreads() throws Exception {
    Method factory = null;
    for (Method method : Executors.class.getMethods()) {
      if (method.getName().equals("newVirtualThreadPerTaskExecutor")) {
        factory = method;
      }
    }
    assumeTrue(factory != null, "this JDK has no virtual threads");
    return (ExecutorService) factory.invoke(null);
  }

  /** Plain sums that one thread keeps of what it records. */
  private static final class Recorded {
    private final Map<String, Long> figures = new TreeMap<>();

    void one(Registry registry, int thread, int n) {
      long nanos = 1_000L * (1 + (n * 31L + thread * 7L) % 50_000);
      adapterCall(registry, n, nanos);
      toolCall(registry, n, nanos);
      message(registry, n, nanos);
    }

    private void adapterCall(Registry registry, int n, long nanos) {
      String model = (n & 1) == 0 ? "gpt-4o-mini" : null;
      AdapterMetrics adapter = registry.adapter("openai", model, "chat");
      String error = ERRORS[n % ERRORS.length];
      if (n % 7 == 0) {
        adapter.recordThrottle();
        add(model + " throttles", 1);
      }
      adapter.record(nanos / 8, nanos, -1, nanos / 2, -1, nanos * 2, n % 100, n % 10, n % 3, error);
      add(model + " requests", 1);
      add(model + " total", nanos * 2);
      add(model + " render", nanos / 8);
      add(model + " call", nanos);
      add(model + " tool", nanos / 2);
      add(model + " input", n % 100);
      add(model + " output", n % 10);
      add(model + " cached", n % 3);
      if (error != null) {
        add(model + " error " + error, 1);
      }
    }

    private void toolCall(Registry registry, int n, long nanos) {
      String name = "tool-" + n % 3;
      String code = ERRORS[n % ERRORS.length];
      if (code == null) {
        registry.tool(name).recordSuccess(nanos);
      } else {
        registry.tool(name).recordFailure(nanos, code);
        add(name + " code " + code, 1);
      }
      add(name + " calls", 1);
      add(name + " latency", nanos);
    }

    private void message(Registry registry, int n, long nanos) {
      MailboxMetrics mailbox = registry.mailbox("requests", "kafka");
      int delivery = 1 + n % 12;
      mailbox.recordReceived(delivery, (n & 1) == 0 ? nanos : MailboxMetrics.UNKNOWN);
      mailbox.recordReceivedBatch(2);
      mailbox.recordAcked(1);
      add("received", 3);
      add("acked", 1);
      add("retries", delivery - 1);
      add("delivery " + Math.min(delivery, 10), 1);
      add("lags", (n & 1) == 0 ? 1 : 0);
      add("lag", (n & 1) == 0 ? nanos : 0);
    }

    void assertEqualTo(MetricsSnapshot snapshot) {
      Recorded read = new Recorded();
      for (AdapterSnapshot adapter : snapshot.adapters()) {
        read.add(adapter);
      }
      for (ToolSnapshot tool : snapshot.tools()) {
        String name = tool.toolName();
        read.add(name + " calls", tool.callCount());
        read.add(name + " latency", tool.latency().sumNanos());
        tool.errorCodes().forEach((code, count) -> read.add(name + " code " + code, count));
      }
      for (MailboxSnapshot mailbox : snapshot.mailboxes()) {
        read.add("received", mailbox.received());
        read.add("acked", mailbox.acked());
        read.add("retries", mailbox.retries());
        for (int i = 0; i < MailboxSnapshot.DELIVERY_SLOTS; i++) {
          read.add("delivery " + (i + 1), mailbox.deliveryCounts().get(i));
        }
        read.add("lags", mailbox.queueLag().count());
        read.add("lag", mailbox.queueLag().sumNanos());
      }
      assertThat(read.figures).isEqualTo(figures);
    }

    private void add(AdapterSnapshot adapter) {
      String model = adapter.model();
      add(model + " throttles", adapter.throttleCount());
      add(model + " requests", adapter.requestCount());
      add(model + " total", adapter.totalLatency().sumNanos());
      add(model + " render", adapter.renderLatency().sumNanos());
      add(model + " call", adapter.callLatency().sumNanos());
      add(model + " tool", adapter.toolLatency().sumNanos());
      add(model + " input", adapter.inputTokenCount());
      add(model + " output", adapter.outputTokenCount());
      add(model + " cached", adapter.cachedTokens());
      adapter.errorTypes().forEach((type, count) -> add(model + " error " + type, count));
    }

    private void add(String figure, long value) {
      figures.merge(figure, value, Long::sum);
    }

    void add(Recorded other) {
      other.figures.forEach(this::add);
    }
  }
}
