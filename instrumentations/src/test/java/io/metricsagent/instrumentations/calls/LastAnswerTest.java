package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.testing.Chats;
import org.junit.jupiter.api.Test;

class LastAnswerTest {
  private final AdapterMetrics series = Chats.registry().adapter("openai", "gpt", "chat");
  private final LastAnswer last = new LastAnswer();

  @Test
  void thereIsNoneAtFirst() {
    assertThat(last.series()).isNull();
    assertThat(last.seriesOf(new Object())).isNull();
  }

  @Test
  void theSeriesIsToldForThatAnswerAlone() {
    Object answer = new Object();
    last.arrived(series, answer);

    assertThat(last.series()).isSameAs(series);
    assertThat(last.seriesOf(answer)).isSameAs(series);
    assertThat(last.seriesOf(new Object())).isNull();
    assertThat(last.seriesOf(null)).isNull();
  }

  @Test
  void anAnswerThatIsNotKnownHasItsSeriesAllTheSame() {
    last.arrived(series, null);

    assertThat(last.series()).isSameAs(series);
    assertThat(last.seriesOf(null)).isNull();
  }
}
