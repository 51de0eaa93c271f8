package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.instrumentations.testing.WovenApplication;
import org.junit.jupiter.api.Test;

/**
 * An application whose recursion calls a model at each level and that catches its stack overflows
 * is measured correctly.
 */
class ExhaustedStackTest {
  private static final int OVERFLOWS = 50;
  private static final int STACK_BYTES = 256 * 1024;

  /** The methods that the test calls. */
  public interface RecursionApi {
    /** Recurses until the stack is exhausted; returns how many calls have returned so far. */
    int overflow();

    /** Calls the model once; returns how many calls have returned so far. */
    int once();
  }

  /** The application. */
  public static final class Recursion implements RecursionApi {
    private final Model model = new Model();
    private int answers;

    @Override
    public int overflow() {
      try {
        recurse();
      } catch (StackOverflowError expected) {
        // The next recursion may begin.
      }
      return answers;
    }

    @Override
    public int once() {
      model.chat("hello");
      return ++answers;
    }

    @SuppressWarnings("InfiniteRecursion") // the overflow is intended
    private void recurse() {
      model.chat("hello");
      answers++;
      recurse();
      answers += 0; // no tail call
    }
  }

  /**
   * A model that needs more stack than the agent's code around it, as HTTP clients do. It needs
   * more even while this method is compiled, whose frames are small then, and the agent's code is
   * interpreted: where only the agent's code overflows, the call returns and is not measured.
   */
  public static final class Model {
    private static final int LEVELS = 600;

    String chat(String prompt) {
      return deep(prompt, LEVELS);
    }

    private static String deep(String prompt, int levels) {
      return levels == 0 ? prompt : deep(prompt, levels - 1);
    }
  }

  @Test
  void countsEachCallThatReturnedAndSwitchesNothingOff() throws Exception {
    UserModule.Builder module = new UserModule.Builder();
    assertThat(module.include(TargetKind.ADAPTER, Model.class.getName() + "[chat]")).isEmpty();
    WovenApplication app =
        WovenApplication.with(ExhaustedStackTest.class.getName() + "$", module.build());
    RecursionApi recursion = app.create(Recursion.class, RecursionApi.class);
    int[] answers = new int[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              recursion.once();
              for (int i = 0; i < OVERFLOWS; i++) {
                recursion.overflow();
              }
              answers[0] = recursion.once(); // must not count as a layer of an earlier call
            },
            "recursion",
            STACK_BYTES);
    thread.start();
    thread.join();

    AdapterSnapshot model = app.snapshot().adapters().get(0);
    assertThat(model.requestCount() - model.errorCount()).isEqualTo(answers[0]);
    assertThat(answers[0]).isGreaterThan(OVERFLOWS);
    InstrumentationSnapshot user = app.snapshot().agent().instrumentations().get(0);
    assertThat(user.errors()).isZero();
    assertThat(user.skipped()).isZero();
  }
}
