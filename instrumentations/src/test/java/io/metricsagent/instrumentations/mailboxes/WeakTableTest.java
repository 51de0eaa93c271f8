package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.testing.Garbage;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Facts are found by the identity of their objects, which may be collected. */
class WeakTableTest {
  private static final int CAPACITY = 64;

  private final WeakTable<Object, WeakReference<Object>> table = new WeakTable<>(CAPACITY);

  private WeakReference<Object> add(Object key) {
    return table.putIfAbsent(key, new WeakReference<>(key));
  }

  @Test
  void factsAreFoundByIdentity() {
    String one = new String("x");
    WeakReference<Object> facts = add(one);

    assertThat(table.get(one)).isSameAs(facts);
    assertThat(table.get(new String("x"))).isNull();
  }

  @Test
  void theFirstFactsStay() {
    Object one = new Object();
    WeakReference<Object> facts = add(one);
    assertThat(add(one)).isSameAs(facts);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void aFullTableTakesNoMore() {
    List<Object> keys = new ArrayList<>();
    int taken = 0;
    for (int i = 0; i < 1000; i++) {
      Object key = new Object();
      keys.add(key);
      boolean place = table.hasPlace(key);
      assertThat(add(key) != null).isEqualTo(place);
      taken += place ? 1 : 0;
    }
    assertThat(taken).isEqualTo(table.size()).isBetween(CAPACITY / 2, CAPACITY);
    assertThat(keys.stream().filter(key -> table.get(key) != null)).hasSize(taken);
  }

  @Test
  void placesOfCollectedObjectsAreUsedAgain() {
    for (int i = 0; i < 1000; i++) {
      add(new Object());
    }
    assertThat(Garbage.collectUntil(() -> table.size() == 0)).isTrue();
    Object late = new Object();
    assertThat(add(late)).isNotNull();
    assertThat(table.get(late)).isNotNull();
  }

  @Test
  void factsThatAreRemovedAreNotHeldAndLeaveTheirPlace() {
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Object key = new Object();
      keys.add(key);
      WeakReference<Object> facts = add(key);
      assertThat(facts).as("place " + i).isNotNull();
      table.remove(key, facts);
      assertThat(table.get(key)).isNull();
    }
    assertThat(table.held()).isZero();
    assertThat(table.size()).isZero();
    assertThat(keys).hasSize(1000);
  }

  @Test
  void whatIsRemovedHidesNothingBehindIt() {
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < CAPACITY / 2; i++) {
      keys.add(new Object());
      assertThat(add(keys.get(i))).isNotNull();
    }
    for (int i = 0; i < CAPACITY / 2; i += 2) {
      table.remove(keys.get(i), table.get(keys.get(i)));
    }
    for (int i = 0; i < CAPACITY / 2; i++) {
      assertThat(table.get(keys.get(i)) != null).as("key " + i).isEqualTo(i % 2 == 1);
    }
  }

  @Test
  void onlyTheFactsThatAreMeantAreRemoved() {
    Object one = new Object();
    WeakReference<Object> facts = add(one);
    table.remove(one, new WeakReference<>(one));

    assertThat(table.get(one)).isSameAs(facts);
  }

  @Test
  void thereAreNoFactsAboutNull() {
    for (int i = 0; i < 1000; i++) {
      Object one = new Object();
      table.remove(one, add(one));
    }
    assertThat(table.get(null)).isNull();
  }

  @Test
  void theCapacityIsAPowerOfTwo() {
    assertThatThrownBy(() -> new WeakTable<>(100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("100 is no power of two");
  }
}
