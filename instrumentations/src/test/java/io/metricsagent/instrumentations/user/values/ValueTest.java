package io.metricsagent.instrumentations.user.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What expressions find in the objects of a call, and what they do not find. */
class ValueTest {
  private enum State {
    FAILED,
    DONE;

    @Override
    public String toString() {
      return "a label";
    }
  }

  /** Hidden in this class; its components are public. */
  private record Usage(int inputTokens, long outputTokens, Integer cached, Double share) {}

  /** Hidden, with getters of each form. */
  private static final class Bean {
    public final String shelf = "upper";
    private final Map<String, Object> raw = new HashMap<>();
    private int calls;

    public String getModel() {
      return "gpt";
    }

    public boolean isReady() {
      return true;
    }

    public Optional<String> maybe() {
      return Optional.of("there");
    }

    public Optional<String> absent() {
      return Optional.empty();
    }

    public OptionalLong size() {
      return OptionalLong.of(7);
    }

    public State state() {
      return State.FAILED;
    }

    public Map<String, Object> raw() {
      return raw;
    }

    public List<String> list() {
      return List.of("a", "b");
    }

    public int[] numbers() {
      return new int[] {3, 4};
    }

    public String status() {
      return "429";
    }

    public boolean broken() {
      calls++;
      throw new IllegalStateException("no");
    }

    public String secret(String key) {
      return key;
    }

    public void nothing() {}

    public static String ofTheClass() {
      return "static";
    }

    String hidden() {
      return "hidden";
    }
  }

  private final Bean bean = new Bean();
  private final Usage usage = new Usage(12, 1L << 40, null, 2.5);

  private static Value value(String text, Moment moment) throws Exception {
    Expression expression = ExpressionParser.parse(text);
    ArgumentPlaces places =
        moment == Moment.BEGIN
            ? ArgumentPlaces.of(List.of(expression), List.of())
            : ArgumentPlaces.of(List.of(), List.of(expression));
    return Value.of(expression, moment, places);
  }

  private String ofBean(String path) throws Exception {
    return value("this." + path, Moment.END).text(bean, null, null, null);
  }

  private static boolean isTrue(String text, Object result) throws Exception {
    return value(text, Moment.END).isTrue(null, null, result, null);
  }

  @Test
  void aPropertyIsAMethodAGetterAFieldOrAnEntry() throws Exception {
    assertThat(ofBean("model")).isEqualTo("gpt");
    assertThat(ofBean("ready")).isEqualTo("true");
    assertThat(ofBean("state")).isEqualTo("FAILED");
    assertThat(ofBean("shelf")).isEqualTo("upper");
    assertThat(ofBean("getModel()")).isEqualTo("gpt");
    bean.raw.put("usage", Map.of("cached", 5));
    assertThat(ofBean("raw.usage.cached")).isEqualTo("5");
    assertThat(ofBean("raw[\"usage\"][\"cached\"]")).isEqualTo("5");
    assertThat(ofBean("raw.size")).isEqualTo("1"); // a method comes before an entry
  }

  @Test
  void onlyPublicMethodsOfTheObjectWithoutArgumentsAreCalled() throws Exception {
    assertThat(ofBean("secret")).isNull();
    assertThat(ofBean("nothing")).isNull();
    assertThat(ofBean("ofTheClass")).isNull();
    assertThat(ofBean("hidden")).isNull();
    assertThat(ofBean("model()")).isNull(); // the call of a property that has only a getter
  }

  @Test
  void elementsAreFoundWhereThereAreSome() throws Exception {
    assertThat(ofBean("list[1]")).isEqualTo("b");
    assertThat(ofBean("list[2]")).isNull();
    assertThat(ofBean("numbers[1]")).isEqualTo("4");
    assertThat(ofBean("numbers[9]")).isNull();
    assertThat(ofBean("model[0]")).isNull();
    assertThat(value("return[0].shelf", Moment.END).text(null, null, new Bean[] {bean}, null))
        .isEqualTo("upper");
  }

  @Test
  void optionalsAreWhatTheyHave() throws Exception {
    assertThat(ofBean("maybe.length")).isEqualTo("5");
    assertThat(ofBean("absent")).isNull();
    assertThat(value("this.size", Moment.END).number(bean, null, null, null)).isEqualTo(7);
    assertThat(value("return.shelf", Moment.END).text(null, null, Optional.of(bean), null))
        .isEqualTo("upper");
    assertThat(isTrue("return.size == 7", bean)).isTrue();
    assertThat(isTrue("not return.absent", bean)).isTrue();
  }

  @Test
  void numbersAreReadFromPrimitivesObjectsAndDigits() throws Exception {
    assertThat(value("return.inputTokens", Moment.END).number(null, null, usage, null))
        .isEqualTo(12);
    assertThat(value("return.outputTokens", Moment.END).number(null, null, usage, null))
        .isEqualTo(1L << 40);
    assertThat(value("return.share", Moment.END).number(null, null, usage, null)).isEqualTo(2);
    assertThat(value("return.cached", Moment.END).number(null, null, usage, null)).isEqualTo(-1);
    assertThat(value("return.status", Moment.END).number(null, null, bean, null)).isEqualTo(429);
    assertThat(value("return.model", Moment.END).number(null, null, bean, null)).isEqualTo(-1);
    assertThat(value("return", Moment.END).number(null, null, -7, null)).isEqualTo(-1);
    assertThat(value("return", Moment.END).number(null, null, "1".repeat(19), null)).isEqualTo(-1);
  }

  @Test
  void equalMeansTheSameNumberNameOrText() throws Exception {
    assertThat(isTrue("return.inputTokens == 12", usage)).isTrue();
    assertThat(isTrue("return.inputTokens == 13", usage)).isFalse();
    assertThat(isTrue("return.share == 2.5", usage)).isTrue();
    assertThat(isTrue("return.inputTokens == 12.0", usage)).isTrue();
    assertThat(isTrue("return.status == 429", bean)).isTrue();
    assertThat(isTrue("return.state == FAILED", bean)).isTrue();
    assertThat(isTrue("return.state == DONE", bean)).isFalse();
    assertThat(isTrue("return.model == gpt", bean)).isTrue();
    assertThat(isTrue("return.ready == true", bean)).isTrue();
    assertThat(isTrue("return.cached == null", usage)).isTrue();
    assertThat(isTrue("not return.state == DONE", bean)).isTrue();
  }

  @Test
  void notIsTrueOfWhatIsFalseZeroEmptyOrAbsent() throws Exception {
    for (Object nothing : new Object[] {false, 0, 0.0, "", List.of(), Map.of(), new int[0]}) {
      assertThat(isTrue("not return", nothing)).as("not %s", nothing).isTrue();
      assertThat(isTrue("return", nothing)).as("%s", nothing).isFalse();
    }
    assertThat(isTrue("not return", null)).isTrue();
    assertThat(isTrue("not return.ready", null)).isTrue();
    assertThat(isTrue("not return.raw.missing", bean)).isTrue();
    for (Object something : new Object[] {true, 3, 0.5, "x", List.of(1), new int[1], bean}) {
      assertThat(isTrue("not return", something)).as("not %s", something).isFalse();
      assertThat(isTrue("return", something)).as("%s", something).isTrue();
    }
  }

  @Test
  void whatCannotBeReadIsNeitherTrueNorFalse() throws Exception {
    for (String path : List.of("return.broken", "return.noSuchThing", "return.model[\"key\"]")) {
      assertThat(isTrue(path, bean)).as(path).isFalse();
      assertThat(isTrue("not " + path, bean)).as("not " + path).isFalse();
      assertThat(isTrue(path + " == null", bean)).as(path + " == null").isFalse();
      assertThat(isTrue("not " + path + " == 1", bean)).as("not " + path + " == 1").isFalse();
      assertThat(isTrue(path + ".more", bean)).as(path + ".more").isFalse();
    }
  }

  @Test
  void aGetterThatAlwaysThrowsIsNotCalledForEver() throws Exception {
    Value broken = value("return.broken", Moment.END);
    for (int i = 0; i < 100; i++) {
      broken.isTrue(null, null, bean, null);
    }
    assertThat(bean.calls).isEqualTo(16);
  }

  @Test
  void aMethodOfTheApplicationThatThrowsIsUnknown() throws Exception {
    List<Object> hostile =
        new ArrayList<>() {
          @Override
          public boolean isEmpty() {
            throw new IllegalStateException();
          }

          @Override
          public String toString() {
            throw new IllegalStateException();
          }
        };
    assertThat(isTrue("not return", hostile)).isFalse();
    assertThat(value("return", Moment.END).text(null, null, hostile, null)).isNull();
    assertThat(isTrue("return == text", hostile)).isFalse();
  }

  @Test
  void eachMomentHasItsObjects() throws Exception {
    assertThat(value("arg[2]", Moment.BEGIN).text("this", "a", "b", "c")).isEqualTo("c");
    assertThat(value("return", Moment.BEGIN).text("this", "a", "b", "c")).isNull();
    assertThat(value("this", Moment.END).text("this", "kept", "result", "thrown"))
        .isEqualTo("this");
    assertThat(value("arg[1]", Moment.END).text("this", "kept", "result", "thrown"))
        .isEqualTo("kept");
    assertThat(value("thrown", Moment.END).text("this", "kept", "result", "thrown"))
        .isEqualTo("thrown");
    assertThat(value("message", Moment.MESSAGE).text("this", "kept", "result", "message"))
        .isEqualTo("message");
    assertThat(value("thrown", Moment.MESSAGE).text("this", "kept", "result", "message"))
        .isNull();
  }

  @Test
  void aLiteralIsWhatIsWritten() throws Exception {
    assertThat(value("openai", Moment.BEGIN).text(null, null, null, null)).isEqualTo("openai");
    assertThat(value("42", Moment.BEGIN).number(null, null, null, null)).isEqualTo(42);
    assertThat(Value.of(null, Moment.BEGIN, ArgumentPlaces.of(List.of(), List.of()))).isNull();
  }
}
