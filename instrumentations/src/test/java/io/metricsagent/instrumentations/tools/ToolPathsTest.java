package io.metricsagent.instrumentations.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolPathsTest {
  /** The first argument of a call. */
  public record Request(String name) {}

  /** What a call returns. */
  public record Result(Boolean isError) {}

  private static final Throwable THROWN = new IllegalStateException();

  @Test
  void readsTheNameOfTheFirstArgument() {
    assertThat(ToolPaths.nameAt("name()").name(new Request("executor"), new Request("price")))
        .isEqualTo("price");
    assertThat(ToolPaths.withoutName().name(new Request("executor"), new Request("price")))
        .isNull();
  }

  @Test
  void failsIfAnInnerLayerThrew() {
    ToolPaths paths = ToolPaths.withoutName();

    assertThat(paths.isFailure(new Result(true), null)).isFalse();
    assertThat(paths.isFailure(new Result(false), THROWN)).isTrue();
  }

  @Test
  void failsIfThePathToAFailureFlagSaysSo() {
    ToolPaths paths = ToolPaths.nameAt("name()").failureAt("isError()");

    assertThat(paths.isFailure(new Result(true), null)).isTrue();
    assertThat(paths.isFailure(new Result(false), THROWN)).isFalse();
    assertThat(paths.isFailure(new Result(null), THROWN)).isFalse();
    assertThat(paths.name(null, new Request("price"))).isEqualTo("price");
  }

  @Test
  void theArgumentsStandBehindTheToolsMethod() throws NoSuchMethodException {
    Object method = Object.class.getMethod("toString");

    assertThat(ToolPaths.nameAt("getName()").arguments(method, "arguments")).isEqualTo("arguments");
    assertThat(ToolPaths.nameAt("name()").arguments("request", "context")).isEqualTo("request");
  }

  @Test
  void namesAFailureByTheException() {
    assertThat(ToolPaths.withoutName().errorCode(THROWN))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(ToolPaths.withoutName().errorCode(null)).isNull();
  }
}
