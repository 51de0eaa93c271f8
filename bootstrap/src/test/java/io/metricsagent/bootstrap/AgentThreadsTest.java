package io.metricsagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentThreadsTest {
  private final PrintStream errBefore = System.err;
  private final Thread.UncaughtExceptionHandler handlerBefore =
      Thread.getDefaultUncaughtExceptionHandler();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<Throwable> toldToTheApplication =
      Collections.synchronizedList(new ArrayList<>());

  /** What ends a fail-fast service. */
  @BeforeEach
  void installADefaultHandler() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> toldToTheApplication.add(fault));
  }

  @AfterEach
  void restore() {
    System.setErr(errBefore);
    Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
  }

  @Test
  void aFaultOfOurThreadIsOneLineAndNothingToTheApplication() throws InterruptedException {
    run(
        () -> {
          throw new OutOfMemoryError("ours");
        });

    assertThat(toldToTheApplication).isEmpty();
    assertThat(log()).singleElement().asString().contains("thread test ended", "ours");
  }

  /** As HttpCore and the JDK's HTTP server and client do. */
  @Test
  void aFaultOfAThreadThatALibraryStartsFromOursIsOneLineToo() throws InterruptedException {
    run(
        () -> {
          Thread library =
              new Thread(
                  null,
                  () -> {
                    throw new NoClassDefFoundError("jdk.net");
                  },
                  "dispatcher",
                  0,
                  false);
          library.start();
          join(library);
        });

    assertThat(toldToTheApplication).isEmpty();
    assertThat(log()).singleElement().asString().contains("thread dispatcher ended", "jdk.net");
  }

  /** The line cannot be said, and the thread ends all the same. */
  @Test
  void aFaultThatCannotTellItselfStaysWithUs() throws InterruptedException {
    run(
        () -> {
          throw new IllegalStateException() {
            @Override
            public String toString() {
              throw new StackOverflowError();
            }
          };
        });

    assertThat(toldToTheApplication).isEmpty();
  }

  @Test
  void anApplicationThatInterruptsItsOwnGroupDoesNotReachOurs() {
    Thread thread = new AgentThreads("test", null).newThread(() -> {});

    for (ThreadGroup group = Thread.currentThread().getThreadGroup();
        group.getParent() != null;
        group = group.getParent()) {
      assertThat(group.parentOf(thread.getThreadGroup())).isFalse();
    }
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getContextClassLoader()).isNull();
  }

  private static void run(Runnable task) throws InterruptedException {
    Thread thread = new AgentThreads("test", null).newThread(task);
    thread.start();
    thread.join();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> log() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
