package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessorTest {
  /** A public interface of a class that is not public, as libraries have them. */
  public interface Usage {
    /** Returns the number of tokens. */
    Integer tokens();
  }

  private record HiddenUsage(Integer tokens) implements Usage {}

  /** A response. */
  public record Response(Usage usage) {
    /** Throws, like getters that validate lazily. */
    public String model() {
      throw new IllegalStateException("no model");
    }
  }

  @Test
  void readsThroughTheInterfaceOfAHiddenClass() {
    assertThat(Accessor.path("usage().tokens()").readLong(new Response(new HiddenUsage(7))))
        .isEqualTo(7);
  }

  @Test
  void aValueIsUnknownIfAnyStepOfItsPathFails() {
    assertThat(Accessor.path("usage().tokens()").readLong(new Response(null))).isEqualTo(-1);
    assertThat(Accessor.path("usage().tokens()").readLong(new Response(new HiddenUsage(null))))
        .isEqualTo(-1);
    assertThat(Accessor.path("usage().cached()").readLong(new Response(new HiddenUsage(1))))
        .isEqualTo(-1);
    assertThat(Accessor.path("usage()").read(null)).isNull();
    assertThat(Accessor.path("model()").readString(new Response(null))).isNull();
  }

  /** An object with numbers of primitive types. */
  public record Numbers(long tag, int count, double share, int[] calls) {
    /** Throws, and counts its calls. */
    public long refused() {
      calls[0]++;
      throw new IllegalStateException("no number");
    }
  }

  @Test
  void primitiveNumbersAreReadAsTheyAre() {
    Numbers numbers = new Numbers(1L << 40, -5, 2.9, null);

    assertThat(Accessor.path("tag()").readLong(numbers)).isEqualTo(1L << 40);
    assertThat(Accessor.path("tag()").read(numbers)).isEqualTo(1L << 40);
    assertThat(Accessor.path("count()").readLong(numbers)).isEqualTo(-1);
    assertThat(Accessor.path("share()").readLong(numbers)).isEqualTo(2);
    assertThat(Accessor.path("tag()").readLong(null)).isEqualTo(-1);
  }

  @Test
  void aGetterOfANumberThatAlwaysThrowsIsNotCalledForEver() {
    Numbers numbers = new Numbers(1, 1, 1, new int[1]);
    Accessor refused = Accessor.path("refused()");
    for (int i = 0; i < 100; i++) {
      assertThat(refused.readLong(numbers)).isEqualTo(-1);
    }

    assertThat(numbers.calls()[0]).isEqualTo(16);
  }

  @Test
  void aGetterThatMayThrowIsCalledForEachObject() {
    Numbers numbers = new Numbers(1, 1, 1, new int[1]);
    Accessor refused = Accessor.pathThatMayThrow("refused()");
    for (int i = 0; i < 100; i++) {
      assertThat(refused.read(numbers)).isNull();
    }

    assertThat(numbers.calls()[0]).isEqualTo(100);
  }

  @Test
  void jdkClassesAreReadThroughTheirExportedTypes() {
    assertThat(Accessor.path("size()").readLong(Map.of("a", 1))).isEqualTo(1);
  }

  @Test
  void aMethodMayHaveATextArgument() {
    assertThat(Accessor.path("concat(b).length()").readLong("a")).isEqualTo(2);
    assertThat(Accessor.path("missing(b)").read("a")).isNull();
  }

  @Test
  void aPathWithoutParenthesesIsRejected() {
    assertThatThrownBy(() -> Accessor.path("usage.tokens"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("usage.tokens");
  }
}
