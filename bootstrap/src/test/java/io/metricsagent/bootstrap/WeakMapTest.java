package io.metricsagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Facts about objects that nobody keeps alive for it. */
class WeakMapTest {
  private final WeakMap<Object, Object> map = new WeakMap<>(2);

  @Test
  void knowsObjectsByIdentity() {
    String one = new String("equal");
    String other = new String("equal");
    map.put(one, 1);
    map.put(other, 2);

    assertThat(map.get(one)).isEqualTo(1);
    assertThat(map.get(other)).isEqualTo(2);
    assertThat(map.remove(one)).isEqualTo(1);
    assertThat(map.get(one)).isNull();
    assertThat(map.get("equal")).isNull();
  }

  @Test
  void keepsTheFirstOfTwoValuesThatWereComputedAtOnce() {
    Object key = new Object();
    assertThat(map.putIfAbsent(key, 1)).isEqualTo(1);
    assertThat(map.putIfAbsent(key, 2)).isEqualTo(1);
    assertThat(map.get(key)).isEqualTo(1);
  }

  @Test
  void remembersNothingMorePastItsCapacity() {
    Object first = new Object();
    map.put(first, 1);
    map.put(this, 2);
    Object third = new Object();
    map.put(third, 3);

    assertThat(map.get(third)).isNull();
    assertThat(map.putIfAbsent(third, 3)).isEqualTo(3);
    assertThat(map.get(third)).isNull();
    assertThat(map.putIfAbsent(first, 3)).isEqualTo(1);
  }

  /** A value may hold what somebody waits for the collector to take. */
  @Test
  void letsGoOfTheValueOfACollectedObjectThoughNobodyStoresAnother() {
    WeakReference<Object> value = ofCollectedKey();

    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!value.refersTo(null) && System.nanoTime() < end) {
      System.gc();
      WeakMap.forgetCollected();
    }
    assertThat(value.refersTo(null)).isTrue();
    assertThat(map.isEmpty()).isTrue();
  }

  private WeakReference<Object> ofCollectedKey() {
    Object value = new Object();
    map.put(new Object(), value);
    return new WeakReference<>(value);
  }
}
