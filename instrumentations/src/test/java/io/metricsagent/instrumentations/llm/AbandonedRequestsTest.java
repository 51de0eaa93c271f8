package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Fluxes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that the application drops, with the garbage collector of this JVM. */
class AbandonedRequestsTest {
  private final Registry registry = Chats.registry();
  private final LlmRecorder recorder =
      new LlmRecorder(new Chats("openai", "gpt"), new Telemetry(registry));

  private OpenStream open() {
    RequestFrame frame = RequestFrame.apart(null, null, 0);
    recorder.detach(frame);
    OpenStream stream = new OpenStream(frame, recorder, true);
    stream.endWhenDropped();
    return stream;
  }

  private AdapterSnapshot recorded() {
    registry.beforeSnapshots(AbandonedRequests::endDropped);
    return registry.snapshot().adapters().stream().findFirst().orElse(null);
  }

  private AdapterSnapshot afterCollection(long requests) throws InterruptedException {
    AdapterSnapshot now = recorded();
    for (int i = 0; i < 100 && (now == null || now.requestCount() < requests); i++) {
      System.gc();
      Thread.sleep(50);
      now = recorded();
    }
    return now;
  }

  @Test
  void aSnapshotCountsADroppedAnswerOnceAndAsCancelled() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      open();
    }
    AdapterSnapshot openai = afterCollection(100);

    assertThat(openai.requestCount()).isEqualTo(100);
    assertThat(openai.cancelledCount()).isEqualTo(100);
    assertThat(openai.errorCount()).isZero();
    assertThat(recorded().requestCount()).isEqualTo(100);
  }

  /** The layer refers to the answer only while somebody subscribes to it. */
  @Test
  void anAnswerThatIsDroppedBelowALayerIsCounted() throws InterruptedException {
    Telemetry telemetry = new Telemetry(registry);
    Chats chats = new Chats("openai", "gpt");
    LlmResultHandler below =
        new LlmResultHandler(chats, (answer, stream) -> List.of(stream), true, telemetry);
    LlmLayerHandler layers = new LlmLayerHandler(chats, (piece, stream) -> {}, telemetry);
    Object flux =
        layers.exit(
            layers.enter(this, null, null, null),
            Fluxes.silent(
                () -> below.exit(below.enter(this, null, null, null), new Object(), null)),
            null);
    Fluxes.read(flux);

    assertThat(afterCollection(1).cancelledCount()).isEqualTo(1);
    assertThat(flux).isNotNull();
  }

  @Test
  void aRequestThatHasEndedIsNotFollowed() {
    int before = AbandonedRequests.followed();
    List<OpenStream> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      open.add(open());
    }
    assertThat(AbandonedRequests.followed()).isEqualTo(before + 100);
    open.forEach(stream -> stream.completed(null));

    assertThat(AbandonedRequests.followed()).isEqualTo(before);
    assertThat(recorded().cancelledCount()).isZero();
    assertThat(recorded().requestCount()).isEqualTo(100);
  }

  /** Requests beyond the capacity are counted when they end, and lost if they never end. */
  @Test
  void followsNoMoreRequestsThanItsCapacity() {
    List<OpenStream> open = new ArrayList<>();
    for (int i = 0; i < AbandonedRequests.CAPACITY + 500; i++) {
      open.add(open());
    }
    assertThat(AbandonedRequests.followed()).isEqualTo(AbandonedRequests.CAPACITY);
    open.forEach(stream -> stream.completed(null));

    assertThat(AbandonedRequests.followed()).isZero();
    assertThat(recorded().requestCount()).isEqualTo(AbandonedRequests.CAPACITY + 500);
  }
}
