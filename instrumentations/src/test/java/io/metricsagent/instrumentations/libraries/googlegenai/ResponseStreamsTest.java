package io.metricsagent.instrumentations.libraries.googlegenai;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.llm.AbandonedRequests;
import io.metricsagent.instrumentations.llm.LlmResultHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Garbage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream that the application drops is counted, even if no other request follows. */
class ResponseStreamsTest {
  /** Like the library's class. */
  public static final class ResponseStream implements Iterable<Object> {
    private final Iterator<Object> pieces = new ArrayList<>().iterator();

    @Override
    public Iterator<Object> iterator() {
      return pieces;
    }
  }

  private final Registry registry =
      new Registry(
          new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test"),
          Clock.systemUTC(),
          () -> {});

  @Test
  void aStreamThatWasDroppedIsCountedByASnapshot() {
    ContentDecoder content = new ContentDecoder("chat");
    LlmResultHandler streams =
        new LlmResultHandler(content, new ResponseStreams(content), true, new Telemetry(registry));
    for (int i = 0; i < 3; i++) {
      Object token = streams.enter(this, "models/gemini", null, null);
      streams.exit(token, new ResponseStream(), null);
    }

    assertThat(Garbage.collectUntil(() -> cancelled() == 3)).isTrue();
  }

  private long cancelled() {
    AbandonedRequests.endDropped();
    List<AdapterSnapshot> adapters = registry.snapshot().adapters();
    return adapters.isEmpty() ? 0 : adapters.get(0).cancelledCount();
  }
}
