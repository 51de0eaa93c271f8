package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class SeriesNamesTest {
  private static final String BEGIN = "n".repeat(SeriesNames.MAX_LENGTH);
  private static final String PAIR = "\uD83D\uDE00";

  private final Registry registry = Registries.empty();

  @Test
  void ofALongNameTheBeginningCounts() {
    ToolMetrics series = registry.tool(BEGIN + "x".repeat(5_000));
    assertThat(registry.tool(BEGIN + "y")).isSameAs(series);
    assertThat(registry.tool(BEGIN)).isSameAs(series);
    assertThat(registry.tool(BEGIN.substring(1))).isNotSameAs(series);
    assertThat(registry.snapshot().tools())
        .extracting(ToolSnapshot::toolName)
        .containsExactlyInAnyOrder(BEGIN, BEGIN.substring(1));
  }

  @Test
  void everyPartOfAKeyIsBounded() {
    String model = BEGIN + "m";
    AdapterMetrics series = registry.adapter(BEGIN + "a", model, BEGIN + "o", BEGIN + "e");
    series.recordThrottle();
    for (int i = 0; i < 100; i++) { // the table grows, and looks keys up by what it kept
      registry.adapter("a", "m" + i, "o", null);
    }
    assertThat(registry.adapter(BEGIN + "b", model, BEGIN, BEGIN + "f")).isSameAs(series);
    assertThat(registry.adapterOfModel(model, BEGIN, BEGIN)).isSameAs(series);
    AdapterSnapshot snapshot = registry.snapshot().adapters().get(0);
    assertThat(snapshot.adapter()).isEqualTo(BEGIN);
    assertThat(snapshot.model()).isEqualTo(BEGIN);
    assertThat(snapshot.operation()).isEqualTo(BEGIN);
    assertThat(snapshot.experiment()).isEqualTo(BEGIN);
  }

  @Test
  void aLongNameIsNotCutWithinACharacter() {
    String begin = BEGIN.substring(1);
    ToolMetrics series = registry.tool(begin + PAIR + "x");
    assertThat(registry.tool(begin + PAIR + "y")).isSameAs(series);
    assertThat(registry.snapshot().tools().get(0).toolName()).isEqualTo(begin);
  }

  @Test
  void longNamesPastTheLimitAreCountedByTheirBeginning() {
    Registry full = Registries.limited(1, () -> {});
    full.tool("first");
    full.tool(BEGIN + "x");
    full.tool(BEGIN + "y");
    assertThat(full.snapshot().agent().seriesDropped()).isEqualTo(1);
  }

  @Test
  void halfOfAPairIsSpelledOut() {
    registry.tool("a\uD800b").recordFailure(1, "c\uDC00" + PAIR);
    registry.tool("a\uD800b").recordFailure(1, "c\uDC00" + PAIR);
    registry.tool("a\uD801b").recordFailure(1, "d\uD800");
    registry.tool("a\uD801b").keepExemplar(1, "d\uD800", "t", "s", 1);
    MetricsSnapshot snapshot = registry.snapshot();
    assertThat(snapshot.tools())
        .extracting(ToolSnapshot::toolName)
        .containsExactly("a\\ud800b", "a\\ud801b");
    assertThat(snapshot.tools().get(0).errorCodes()).containsOnlyKeys("c\\udc00" + PAIR);
    assertThat(snapshot.tools().get(0).callCount()).isEqualTo(2);
    assertThat(snapshot.tools().get(1).exemplar().errorType()).isEqualTo("d\\ud800");
    assertThat(SeriesNames.wellFormed(PAIR)).isEqualTo(PAIR);
    assertThat(isEncodable(snapshot.toString())).isTrue();
  }

  @Test
  void theNamesOfTheProcessAreWellFormed() {
    RegistrySettings settings =
        new RegistrySettings(Registries.START, "w\uD800", "s\uDC00", null, 1, "1");
    MetricsSnapshot snapshot = new Registry(settings, Clock.systemUTC(), () -> {}).snapshot();
    assertThat(snapshot.workerId()).isEqualTo("w\\ud800");
    assertThat(snapshot.serviceName()).isEqualTo("s\\udc00");
  }

  private static boolean isEncodable(String text) {
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
