package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedList;
import org.junit.jupiter.api.Test;

class ReceiverNamesTest {
  private final ReceiverNames names = new ReceiverNames("com.example.shop.Tools", ".run");

  @Test
  void staticMethodsAreNamedByTheirClass() {
    assertThat(names.of(null)).isEqualTo("Tools.run");
  }

  @Test
  void eachClassHasItsNameWhicheverComesFirst() {
    assertThat(names.of(new ArrayList<>())).isEqualTo("ArrayList.run");
    assertThat(names.of(new LinkedList<>())).isEqualTo("LinkedList.run");
    assertThat(names.of(new ArrayList<>())).isEqualTo("ArrayList.run");
    assertThat(names.of(null)).isEqualTo("Tools.run");
    assertThat(names.of(new LinkedList<>())).isEqualTo("LinkedList.run");
  }

  @Test
  void nameIsTheSameObjectAtEachCall() {
    String first = names.of(new ArrayList<>());
    String second = names.of(new LinkedList<>());
    assertThat(names.of(new ArrayList<>())).isSameAs(first);
    assertThat(names.of(new LinkedList<>())).isSameAs(second);
  }
}
