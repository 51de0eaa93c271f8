package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens that an answer says in several numbers. */
class UsagePathsTest {
  /** Of an answer; {@code null} is a number that it does not say. */
  public record Usage(Integer in, Integer cacheRead, Integer out) {}

  /** An answer. */
  public record Response(Usage usage) {}

  private final UsagePaths paths =
      new UsagePaths("usage()", List.of("in()", "cacheRead()"), List.of("out()"), "cacheRead()");

  private long input(Integer in, Integer cacheRead) {
    return paths.input(paths.usageIn(new Response(new Usage(in, cacheRead, 0))));
  }

  @Test
  void whatIsKnownAddsUp() {
    assertThat(input(10, 5)).isEqualTo(15);
    assertThat(input(null, 5)).isEqualTo(5);
    assertThat(input(10, null)).isEqualTo(10);
    assertThat(input(0, null)).isZero();
  }

  @Test
  void nothingIsUnknown() {
    assertThat(input(null, null)).isEqualTo(-1);
    assertThat(paths.input(paths.usageIn(new Response(null)))).isEqualTo(-1);
    assertThat(paths.output(paths.usageIn("no answer"))).isEqualTo(-1);
  }

  @Test
  void eachNumberHasItsOwnPaths() {
    Object usage = paths.usageIn(new Response(new Usage(10, 5, 3)));

    assertThat(paths.output(usage)).isEqualTo(3);
    assertThat(paths.cached(usage)).isEqualTo(5);
  }
}
