package io.metricsagent.instrumentations.rules;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A target matches one of several overloads; LangChain4j's executor of tools has overloads with
 * different meanings.
 */
class MethodTargetTest {
  private static final MethodTarget EXECUTE =
      method("execute", "java.lang.String", "com.example.Request", "java.lang.Object");

  @Test
  void matchesTheMethodWithTheExactParameters() {
    assertThat(
            EXECUTE.matches(
                "execute", "(Lcom/example/Request;Ljava/lang/Object;)Ljava/lang/String;"))
        .isTrue();
  }

  @Test
  void matchesAnyResultIfOnlyParametersAreNamed() {
    MethodTarget target = MethodTarget.withParameters("execute", "java.lang.String", "int[]");
    assertThat(target.matches("execute", "(Ljava/lang/String;[I)V")).isTrue();
    assertThat(target.matches("execute", "(Ljava/lang/String;[I)Ljava/lang/Object;")).isTrue();
    assertThat(target.matches("execute", "(Ljava/lang/String;)V")).isFalse();
    assertThat(target.matches("execute", "(Ljava/lang/String;[II)V")).isFalse();
    assertThat(target.matches("run", "(Ljava/lang/String;[I)V")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "([Ljava/lang/Object;)Ljava/lang/String;",
        "(Lcom/example/Request;Ljava/lang/Object;)Ljava/lang/Object;",
        "(Lcom/example/Request;[Ljava/lang/Object;)Ljava/lang/String;"
      })
  void doesNotMatchAnOverloadOrABridge(String descriptor) {
    assertThat(EXECUTE.matches("execute", descriptor)).isFalse();
    assertThat(named("execute").matches("execute", descriptor)).isTrue();
  }

  @Test
  void isWrittenAsInSource() {
    assertThat(EXECUTE.written()).isEqualTo("execute(com.example.Request, java.lang.Object)");
    MethodTarget arrays =
        MethodTarget.withParameters("a", "int", "java.util.List[]", "boolean[][]", "char");
    assertThat(arrays.written()).isEqualTo("a(int, java.util.List[], boolean[][], char)");
    assertThat(method("a", "void").written()).isEqualTo("a()");
    assertThat(named("a").written()).isEqualTo("a");
    assertThat(MethodTarget.withResult("a").written()).isEqualTo("a");
  }
}
