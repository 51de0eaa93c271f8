package io.metricsagent.instrumentations.user.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.PassedArguments;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule pays only for the arguments that it names. */
class ArgumentPlacesTest {
  private static ArgumentPlaces places(List<String> atBegin, List<String> atEnd) throws Exception {
    return ArgumentPlaces.of(parsed(atBegin), parsed(atEnd));
  }

  private static List<Expression> parsed(List<String> texts) throws Exception {
    List<Expression> parsed = new ArrayList<>();
    for (String text : texts) {
      parsed.add(ExpressionParser.parse(text));
    }
    return parsed;
  }

  @Test
  void objectsAreAsTheyAre() throws Exception {
    assertThat(places(List.of("arg[0].model", "this.name"), List.of("return.x")).passed())
        .isEqualTo(PassedArguments.OBJECTS);
    assertThat(places(List.of("arg[1]"), List.of()).passed())
        .isEqualTo(PassedArguments.WITH_PRIMITIVES);
    assertThat(places(List.of(), List.of("not arg[2] == 3")).passed())
        .isEqualTo(PassedArguments.WITH_PRIMITIVES);
    assertThat(places(List.of("arg[3].model"), List.of()).passed())
        .isEqualTo(PassedArguments.ARRAY);
  }

  @Test
  void onlyWhatIsReadLaterIsKept() throws Exception {
    assertThat(places(List.of("arg[0]"), List.of("return")).kept("a", "b", "c")).isNull();

    ArgumentPlaces one = places(List.of("arg[0]"), List.of("arg[1].x", "arg[1].y"));
    assertThat(one.kept("a", "b", "c")).isEqualTo("b");
    assertThat(one.ofKept(1, "b")).isEqualTo("b");

    ArgumentPlaces two = places(List.of(), List.of("arg[0].x == arg[2].y"));
    Object kept = two.kept("a", "b", "c");
    assertThat(two.ofKept(0, kept)).isEqualTo("a");
    assertThat(two.ofKept(2, kept)).isEqualTo("c");
  }

  @Test
  void argumentsAreFoundInAnArray() throws Exception {
    ArgumentPlaces places = places(List.of("arg[4].x"), List.of("arg[3].y"));
    Object[] all = {"a", "b", "c", "d", "e"};

    assertThat(places.argument(4, all, null, null)).isEqualTo("e");
    assertThat(places.argument(5, all, null, null)).isNull();
    assertThat(places.kept(all, null, null)).isEqualTo("d");
    assertThat(places.argument(0, null, null, null)).isNull(); // a constructor passes no array
    assertThat(places(List.of("arg[0]"), List.of()).inArray().argument(0, all, null, null))
        .isEqualTo("a");
  }
}
