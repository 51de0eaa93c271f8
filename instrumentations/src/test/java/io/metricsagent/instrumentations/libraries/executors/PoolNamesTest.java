package io.metricsagent.instrumentations.libraries.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pool has the name that its threads have in common. */
class PoolNamesTest {
  private final PoolNames names = new PoolNames();

  private String of(String thread) {
    return names.of(new Thread(() -> {}, thread));
  }

  @ParameterizedTest
  @CsvSource({
    "pool-3-thread-12, pool-3",
    "orders-1, orders",
    "orders, orders",
    "http-nio-8080-exec-10, http-nio-8080-exec",
    "worker #4, worker",
    "AsyncTask[7], AsyncTask",
    "pool-thread, pool-thread",
    "'', unknown",
    "17, unknown"
  })
  void theNumberOfAThreadIsNoPartOfTheName(String thread, String pool) {
    assertThat(of(thread)).isEqualTo(pool);
  }

  @Test
  void threadsOfOnePoolHaveOneName() {
    assertThat(of("orders-1")).isEqualTo(of("orders-2"));
  }

  @Test
  void thereAreAHundredNamesAtMost() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      all.add(of("pool-" + i + "-thread-1"));
    }
    assertThat(all).hasSize(101).contains("pool-0", "pool-99", "_other");
    assertThat(of("pool-7-thread-2")).isEqualTo("pool-7");
  }
}
