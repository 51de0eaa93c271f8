package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import org.junit.jupiter.api.Test;

/** How a request that goes on after its method ends. */
class OpenStreamTest {
  private final Registry registry = Chats.registry();

  /** Names the model, or fails if the test says so. */
  private static final class FaultyChats extends Chats {
    private final RuntimeException fault;

    FaultyChats(RuntimeException fault) {
      super("openai", "gpt");
      this.fault = fault;
    }

    @Override
    public String requestModel(Object client, Object request) {
      if (fault != null) {
        throw fault;
      }
      return super.requestModel(client, request);
    }
  }

  private OpenStream open(RuntimeException fault) {
    LlmRecorder recorder = new LlmRecorder(new FaultyChats(fault), new Telemetry(registry));
    RequestFrame frame = RequestFrame.apart(null, null, 0);
    recorder.detach(frame);
    return new OpenStream(frame, recorder, true);
  }

  /** The first end counts, whatever is reported afterwards. */
  @Test
  void endsOnce() {
    OpenStream stream = open(null);
    stream.failed(new IllegalStateException());
    stream.completed(null);
    stream.closed();
    stream.exhausted();

    AdapterSnapshot openai = registry.snapshot().adapters().get(0);
    assertThat(openai.requestCount()).isEqualTo(1);
    assertThat(openai.errorCount()).isEqualTo(1);
    assertThat(openai.cancelledCount()).isZero();
  }

  /** The end is reported on a thread of the application. */
  @Test
  void keepsAFaultOfTheAgentFromTheApplication() {
    OpenStream stream = open(new IllegalArgumentException("the agent's own"));

    assertThatCode(() -> stream.completed(new Object())).doesNotThrowAnyException();
  }
}
