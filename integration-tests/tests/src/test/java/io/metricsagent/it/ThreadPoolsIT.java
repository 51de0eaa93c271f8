package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.OtherMain;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The queues of thread pools, which are measured if the setting says so. The mailbox of a pool has
 * the name of its threads; the first task of each pool is run by a new thread and was in no queue.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class ThreadPoolsIT {
  private static final String MAIN = "com.example.plain.Pools";
  private static final String SOURCE =
      """
      package com.example.plain;

      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.AtomicInteger;

      public class Pools {
        static final List<ThreadPoolExecutor> ALL = new ArrayList<>();
        static final AtomicInteger RUN = new AtomicInteger();

        static ThreadFactory factory(String name) {
          AtomicInteger number = new AtomicInteger();
          return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          };
        }

        static ThreadPoolExecutor pool(String name, BlockingQueue<Runnable> queue) {
          return kept(new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, queue, factory(name)));
        }

        static <T extends ThreadPoolExecutor> T kept(T pool) {
          ALL.add(pool);
          return pool;
        }

        /** Lets one task hold the only thread of a pool while others are handed over. */
        static int run(ThreadPoolExecutor pool, int others) throws Exception {
          return run(pool, others, 0);
        }

        /** The others wait in the queue for some milliseconds at least. */
        static int run(ThreadPoolExecutor pool, int others, long waiting) throws Exception {
          CountDownLatch gate = hold(pool);
          CountDownLatch all = new CountDownLatch(others);
          int refused = 0;
          for (int i = 0; i < others; i++) {
            try {
              pool.execute(all::countDown);
            } catch (RejectedExecutionException e) {
              refused++;
              all.countDown();
            }
          }
          Thread.sleep(waiting);
          gate.countDown();
          all.await();
          return refused;
        }

        static CountDownLatch hold(ThreadPoolExecutor pool) throws Exception {
          CountDownLatch begun = new CountDownLatch(1);
          CountDownLatch gate = new CountDownLatch(1);
          pool.execute(
              () -> {
                begun.countDown();
                try {
                  gate.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
          begun.await();
          return gate;
        }

        static class Own extends ThreadPoolExecutor {
          Own() {
            super(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory("own"));
          }

          @Override
          public void execute(Runnable task) {
            super.execute(task);
          }

          @Override
          protected void beforeExecute(Thread thread, Runnable task) {}

          @Override
          protected void afterExecute(Runnable task, Throwable thrown) {}
        }

        static class Throwing extends LinkedBlockingQueue<Runnable> {
          @Override
          public int size() {
            throw new IllegalStateException("no size");
          }
        }

        public static void main(String[] args) throws Exception {
          System.out.println("orders refused " + run(pool("orders", new LinkedBlockingQueue<>()), 9, 30));

          ThreadPoolExecutor waiting = pool("waiting", new LinkedBlockingQueue<>());
          hold(waiting);
          for (int i = 0; i < 7; i++) {
            waiting.execute(() -> {});
          }

          System.out.println("full refused " + run(pool("full", new ArrayBlockingQueue<>(2)), 5));

          ThreadPoolExecutor caller = pool("caller", new ArrayBlockingQueue<>(1));
          caller.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
          System.out.println("caller refused " + run(caller, 4));

          ThreadPoolExecutor closed = pool("closed", new LinkedBlockingQueue<>());
          System.out.println("closed refused " + run(closed, 0));
          closed.shutdown();
          try {
            closed.execute(() -> {});
          } catch (RejectedExecutionException e) {
            System.out.println("closed refused one");
          }

          ThreadPoolExecutor direct =
              kept(new ThreadPoolExecutor(0, 9, 1, TimeUnit.MINUTES, new SynchronousQueue<>(),
                  factory("direct")));
          direct.submit(() -> {}).get();

          ScheduledThreadPoolExecutor scheduled =
              kept(new ScheduledThreadPoolExecutor(1, factory("scheduled")));
          scheduled.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).get();
          scheduled.submit(() -> {}).get();
          for (int i = 0; i < 5; i++) {
            scheduled.schedule(() -> {}, 1, TimeUnit.DAYS);
          }

          run(kept(new Own()), 3);
          run(pool("linked", new LinkedTransferQueue<>()), 3);
          run(pool("throwing", new Throwing()), 3);

          for (int i = 0; i < 300; i++) {
            ThreadPoolExecutor many = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
            run(many, 2);
            many.shutdown();
          }

          try {
            ExecutorService virtual =
                (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 100; i++) { // the JDK has a pool that ends their sleep
              results.add(virtual.submit(() -> { Thread.sleep(1); return RUN.incrementAndGet(); }));
            }
            for (Future<?> result : results) {
              result.get();
            }
          } catch (NoSuchMethodException e) { // before Java 21
            RUN.set(100);
          }
          System.out.println("virtual " + RUN.get());
        }
      }
      """;

  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    return Setup.of("plain");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    run =
        OtherMain.of(setup, MAIN, SOURCE)
            .withAgent()
            .setting("metrics.agent.executors.enabled", "true")
            .run();
    assertThat(run.exitCode()).as(run.toString()).isZero();
    dump = run.dump();
  }

  private static Mailbox pool(String name) {
    Mailbox mailbox = dump.mailbox(name);
    assertThat(mailbox.system()).isEqualTo("executor");
    return mailbox;
  }

  private static void assertTasks(String name, long queued, long refused) {
    Mailbox pool = pool(name);
    assertThat(pool.count("messages_received")).as(name).isEqualTo(queued);
    assertThat(pool.count("messages_acked")).as(name).isEqualTo(queued);
    JsonNode rejected = pool.json().get("messages_rejected");
    assertThat(rejected == null ? 0 : rejected.asLong()).as(name).isEqualTo(refused);
    assertThat(pool.count("messages_dead_lettered")).as(name).isZero();
  }

  @Test
  void countsTasksThatWaitedAndKnowsHowLongOneDid() {
    assertTasks("orders", 9, 0);
    assertThat(pool("orders").lag().count()).isBetween(1L, 9L);
    assertThat(pool("orders").lag().max()).isGreaterThanOrEqualTo(29);
    assertThat(pool("orders").count("queue_depth")).isZero();
    assertTasks("own", 3, 0);
  }

  @Test
  void knowsHowManyTasksWait() {
    assertTasks("waiting", 0, 0);
    assertThat(pool("waiting").count("queue_depth")).isEqualTo(7);
  }

  @Test
  void countsRefusedTasks() {
    assertTasks("full", 2, 3);
    assertTasks("caller", 1, 3);
    assertTasks("closed", 0, 1);
  }

  @Test
  void aPoolWithoutAQueueIsEmpty() {
    assertThat(pool("direct").count("queue_depth")).isZero();
    assertThat(pool("direct").lag().count()).isZero();
  }

  @Test
  void aScheduledTaskIsCountedWithoutATime() {
    assertTasks("scheduled", 2, 0);
    assertThat(pool("scheduled").lag().count()).isZero();
    assertThat(pool("scheduled").count("queue_depth")).isEqualTo(5);
  }

  @Test
  void aQueueThatCountsItsElementsOrThrowsHasNoDepth() {
    for (String name : List.of("linked", "throwing")) {
      assertTasks(name, 3, 0);
      assertThat(pool(name).json().get("queue_depth").isNull()).as(name).isTrue();
    }
  }

  @Test
  void hundredsOfPoolsHaveAHundredNames() {
    List<Mailbox> pools = dump.mailboxes();
    assertThat(pools).hasSizeBetween(100, 102);
    long tasks = 0;
    for (Mailbox pool : pools) {
      String name = pool.json().get("queue_name").asText();
      if (name.startsWith("pool-") || name.equals("_other")) {
        tasks += pool.count("messages_received");
      }
    }
    assertThat(tasks).isEqualTo(600);
  }

  @Test
  void leavesVirtualThreadsAlone() {
    assertThat(run.stdout()).contains("virtual 100");
    assertThat(dump.mailboxes())
        .noneMatch(each -> each.json().get("queue_name").asText().contains("irtual"));
  }

  @Test
  void theApplicationBehavesAsBefore() throws IOException {
    FinishedRun bare = OtherMain.of(setup, MAIN, SOURCE).run();
    assertThat(run.stdout()).isEqualTo(bare.stdout()).contains("full refused 3");
    assertThat(run.stderr()).isEmpty();
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("executors").wovenMethods()).isEqualTo(5);
    assertThat(dump.instrumentation("executors").skipped()).isZero();
  }

  /** What is off costs no class. */
  @Test
  void nothingIsWovenOrLoadedWithoutTheSetting() throws IOException {
    FinishedRun off =
        OtherMain.of(setup, MAIN, SOURCE).withAgent().jvm("-Xlog:class+load:file=loaded").run();
    assertThat(off.exitCode()).as(off.toString()).isZero();
    assertThat(off.dump().mailboxes()).isEmpty();
    assertThat(off.agentDirectory().resolveSibling("loaded"))
        .content()
        .contains("io.metricsagent")
        .doesNotContain("libraries.executors")
        .doesNotContain("agent.start.ThreadPools");
  }
}
