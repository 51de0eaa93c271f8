package io.metricsagent.instrumentations.rules.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;

/** Which arguments may be callbacks, by the declaration of their method. */
class CallbacksTest {
  private static final String LISTENER = "Lcom/acme/Listener;";
  private static final String CONTINUATION = "Lkotlin/coroutines/Continuation;";
  private static final String CONSUMER = "Ljava/util/function/BiConsumer;";

  @Test
  void interfacesOfMethodsWithoutResultMayBe() {
    Callbacks callbacks = Callbacks.of("(Ljava/lang/String;I[" + LISTENER + LISTENER + ")V", null);

    assertThat(callbacks.mayBe(0)).isFalse();
    assertThat(callbacks.mayBe(1)).isFalse();
    assertThat(callbacks.mayBe(2)).isFalse();
    assertThat(callbacks.mayBe(3)).isTrue();
    assertThat(Callbacks.of("(" + LISTENER + ")Ljava/lang/String;", null).mayBe(0)).isFalse();
    assertThat(Callbacks.of("(Ljava/util/concurrent/Flow$Subscriber;)V", null).mayBe(0)).isTrue();
  }

  @Test
  void theLastArgumentOfASuspendingFunctionIs() {
    Callbacks callbacks = Callbacks.of("(" + LISTENER + CONTINUATION + ")Ljava/lang/Object;", null);

    assertThat(callbacks.mayBe(0)).isFalse();
    assertThat(callbacks.mayBe(1)).isTrue();
  }

  @Test
  void aConsumerOfTwoIsIfItTakesAnException() {
    String taking = "(Ljava/util/function/BiConsumer<Ljava/lang/String;Ljava/lang/Throwable;>;)V";
    String other = "(Ljava/util/function/BiConsumer<Ljava/lang/String;Ljava/lang/String;>;)V";

    assertThat(Callbacks.of("(" + CONSUMER + ")V", taking).mayBe(0)).isTrue();
    assertThat(Callbacks.of("(" + CONSUMER + ")V", other).mayBe(0)).isFalse();
    assertThat(Callbacks.of("(" + CONSUMER + ")V", null).mayBe(0)).isFalse();
  }

  @Test
  void textsAndNumbersDoNotGoOn() {
    assertThat(Callbacks.mayGoOn(Type.getType(String.class))).isFalse();
    assertThat(Callbacks.mayGoOn(Type.INT_TYPE)).isFalse();
    assertThat(Callbacks.mayGoOn(Type.VOID_TYPE)).isFalse();
    assertThat(Callbacks.mayGoOn(Type.getType(Object.class))).isTrue();
    assertThat(Callbacks.mayGoOn(Type.getType(java.util.stream.Stream.class))).isTrue();
  }
}
