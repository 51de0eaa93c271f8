package io.metricsagent.instrumentations.user.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers that are read together are those that would be read one by one. */
class NumberValuesTest {
  /** What an answer costs. */
  public record Usage(int input, Long output, String cached) {}

  /** An answer that counts how often its usage is asked for. */
  public static final class Answer {
    private final Usage usage;
    private int asked;

    Answer(Usage usage) {
      this.usage = usage;
    }

    public Usage usage() {
      asked++;
      return usage;
    }

    public int length() {
      return 5;
    }

    public Usage broken() {
      throw new IllegalStateException("broken");
    }
  }

  private final Answer answer = new Answer(new Usage(100, 20L, "7"));

  private List<Long> read(String... expressions) {
    return read(answer, expressions);
  }

  private static List<Long> read(Object result, String... expressions) {
    Expression[] parsed =
        Arrays.stream(expressions).map(NumberValuesTest::parse).toArray(Expression[]::new);
    ArgumentPlaces places = ArgumentPlaces.of(List.of(), Arrays.asList(parsed));
    NumberValues values = new NumberValues(Moment.END, places, parsed);
    Object from = values.from("self", "kept", result, null);
    Long[] numbers = new Long[parsed.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.number(i, from, "self", "kept", result, null);
    }
    return List.of(numbers);
  }

  private static Expression parse(String text) {
    try {
      return text == null ? null : ExpressionParser.parse(text);
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Test
  void whatTheyHaveInCommonIsReadOnce() {
    assertThat(read("return.usage.input", "return.usage.output", "return.usage.cached"))
        .containsExactly(100L, 20L, 7L);
    assertThat(answer.asked).isEqualTo(1);
  }

  @Test
  void eachMayBeMissing() {
    assertThat(read("return.usage.input", null, null)).containsExactly(100L, -1L, -1L);
    assertThat(read(null, null, "return.usage.cached")).containsExactly(-1L, -1L, 7L);
    assertThat(read(null, "return.usage.output", null)).containsExactly(-1L, 20L, -1L);
    assertThat(read(null, null, null)).containsExactly(-1L, -1L, -1L);
  }

  @Test
  void pathsThatPartEarlierAreReadOneByOne() {
    assertThat(read("return.usage.input", "return.length", "self")).containsExactly(100L, 5L, -1L);
    assertThat(read("return.usage.input", "return.usage", null)).containsExactly(100L, -1L, -1L);
    assertThat(read("return.length", "return.usage.output", "3")).containsExactly(5L, 20L, 3L);
    assertThat(read("return.usage.input", "this.length", "arg[0].length"))
        .containsExactly(100L, 4L, 4L);
    assertThat(read("return.usage.input", "return", "return.usage.output"))
        .containsExactly(100L, -1L, 20L);
  }

  @Test
  void argumentsAreNotMixedUp() {
    Expression[] both = {parse("arg[0].length"), parse("arg[1].length")};
    ArgumentPlaces places = ArgumentPlaces.of(List.of(), Arrays.asList(both));
    NumberValues values = new NumberValues(Moment.END, places, both);
    Object kept = places.kept("four", "seven77", null);
    Object from = values.from("self", kept, null, null);

    assertThat(values.number(0, from, "self", kept, null, null)).isEqualTo(4);
    assertThat(values.number(1, from, "self", kept, null, null)).isEqualTo(7);
  }

  @Test
  void nothingIsKnownWhereTheWayEnds() {
    String[] paths = {"return.usage.input", "return.usage.output", "return.usage.cached"};
    assertThat(read(null, paths)).containsExactly(-1L, -1L, -1L);
    assertThat(read(new Answer(null), paths)).containsExactly(-1L, -1L, -1L);
    assertThat(read("no answer", paths)).containsExactly(-1L, -1L, -1L);
    assertThat(read("return.broken.input", "return.broken.output")).containsExactly(-1L, -1L);
  }
}
