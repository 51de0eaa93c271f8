package io.metricsagent.bootstrap.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CatalogueTest {
  static final List<Kind> KINDS = Catalogue.KINDS;

  private static final List<Measure> ALL =
      KINDS.stream().flatMap(kind -> kind.measures().stream()).toList();

  @ParameterizedTest
  @FieldSource("KINDS")
  void eachFieldOfJsonIsThereOnce(Kind kind) {
    List<String> fields = new ArrayList<>(kind.labels().stream().map(Label::json).toList());
    kind.measures().stream().map(Measure::json).filter(json -> json != null).forEach(fields::add);

    assertThat(fields).doesNotHaveDuplicates().allMatch(field -> field.matches("[a-z0-9_]+"));
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void eachStoredMeasureHasItsOwnPlaceInASeries(Kind kind) {
    Set<Integer> numbers = new HashSet<>();
    Set<Integer> values = new HashSet<>();
    for (Measure measure : kind.measures()) {
      assertThat(kind.measures().get(measure.index())).isSameAs(measure);
      if (measure.type().isStored()) {
        assertThat((measure.type().isNumber() ? numbers : values).add(measure.slot())).isTrue();
      }
    }

    assertThat(numbers).hasSize(kind.numbers()).allMatch(slot -> slot < kind.numbers());
    assertThat(values).hasSize(kind.values()).allMatch(slot -> slot < kind.values());
  }

  /** Numbers of calls and errors would be those of one sort alone. */
  @ParameterizedTest
  @FieldSource("KINDS")
  void aKindThatTimesSeveralSortsOfCallsHasNoneOfThemForAll(Kind kind) {
    List<Measure> timed =
        kind.measures().stream().filter(each -> each.type() == MeasureType.OUTCOMES).toList();

    assertThat(kind.outcomes()).isEqualTo(timed.size() == 1 ? timed.get(0) : null);
  }

  @Test
  void kindsOfOneSectionDifferInNothingThatJsonAndInspectShow() {
    for (Kind kind : KINDS) {
      for (Kind other : KINDS) {
        if (kind.section().equals(other.section())) {
          assertThat(other.labels()).isEqualTo(kind.labels());
          assertThat(of(other, Measure::json)).isEqualTo(of(kind, Measure::json));
          assertThat(of(other, Measure::columns)).isEqualTo(of(kind, Measure::columns));
        }
      }
    }
  }

  private static <T> List<T> of(Kind kind, Function<Measure, T> part) {
    return kind.measures().stream().map(part).toList();
  }

  @Test
  void noTwoMeasuresShareAMetricOfPrometheus() {
    assertThat(ALL.stream().map(Measure::prometheus).filter(name -> name != null))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("wink_[a-z0-9_]+"));
  }

  @Test
  void measuresThatShareAMetricOverOtlpDifferByAnAttribute() {
    List<String> points = new ArrayList<>();
    for (Measure measure : ALL) {
      if (measure.otlp() != null) {
        points.add(measure.otlp().own() + " " + measure.otlp().attributes());
      }
    }

    assertThat(points).doesNotHaveDuplicates();
  }

  @Test
  void whatJsonAloneHasIsNowhereElse() {
    for (Measure measure : ALL) {
      if (measure.statsd() == null && measure.json() != null) {
        assertThat(measure.prometheus()).isNull();
        assertThat(measure.otlp()).isNull();
      }
    }
  }

  @Test
  void oneNameMakesThoseOfAllReceivers() {
    Measure latency = AdapterMeasures.RENDER_LATENCY;

    assertThat(latency.json()).isEqualTo("render_latency");
    assertThat(latency.statsd()).isEqualTo("adapter.render_latency_ms");
    assertThat(latency.prometheus()).isEqualTo("wink_adapter_render_latency_seconds");
    assertThat(AdapterMeasures.THROTTLES.otlp().own()).isEqualTo("wink.adapter.throttles");
    assertThat(AdapterMeasures.INPUT_TOKENS.prometheus()).isEqualTo("wink_adapter_input_tokens");
    assertThat(AdapterMeasures.INPUT_TOKENS.prometheusUnit()).isEqualTo("tokens");
  }
}
