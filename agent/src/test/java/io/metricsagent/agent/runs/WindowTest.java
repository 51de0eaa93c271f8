package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
  @Test
  void beginsSoManyDaysBeforeItsEnd() {
    assertThat(new Window(7, 1_760_054_400.5).start()).isEqualTo(1_759_449_600.5);
    assertThat(new Window(Integer.MAX_VALUE, 0).start()).isEqualTo(-86_400.0 * Integer.MAX_VALUE);
    assertThatThrownBy(() -> new Window(0, 0)).hasMessage("0 days; expected at least 1");
  }

  @Test
  void theCalendarHasTheYears1To9999() {
    double first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    double last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    assertThat(Window.isOnCalendar(first)).isTrue();
    assertThat(Window.isOnCalendar(last)).isTrue();
    assertThat(Window.isOnCalendar(first - 1)).isFalse();
    assertThat(Window.isOnCalendar(last + 1)).isFalse();
    assertThat(Window.isOnCalendar(Double.NaN)).isFalse();
  }
}
