package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.WovenApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arguments of tools that the settings name are kept, all of them, if content is on. */
class UserToolArgumentsTest {
  /** The methods that the test calls. */
  public interface MixerApi {
    /** Has arguments of each kind, some of which take two variables. */
    double mix(
        String name,
        long grams,
        boolean stirred,
        double heat,
        char grade,
        int[] times,
        Object more);

    /** Has no arguments. */
    int rest();
  }

  /** The tool. */
  public static final class Mixer implements MixerApi {
    @Override
    public double mix(
        String name,
        long grams,
        boolean stirred,
        double heat,
        char grade,
        int[] times,
        Object more) {
      double sum = heat;
      for (int time : times) {
        sum += time * grams;
      }
      return stirred ? sum : name.length() + grade;
    }

    @Override
    public int rest() {
      return fixed("half", 2);
    }

    static int fixed(String word, int number) {
      return word.length() * number;
    }
  }

  private final Heard heard = new Heard(true);

  private static InstrumentationModule tools() {
    UserModule.Builder module = new UserModule.Builder();
    assertThat(module.include(TargetKind.TOOL, Mixer.class.getName() + "[mix,rest,fixed]"))
        .isEmpty();
    return module.build();
  }

  private static MixerApi mixer(WovenApplication app) throws Exception {
    return app.create(Mixer.class, MixerApi.class);
  }

  @Test
  void allArgumentsAreKeptByName() throws Exception {
    MixerApi mixer =
        mixer(WovenApplication.with(UserToolArgumentsTest.class.getName() + "$", heard, tools()));
    int[] times = {1, 2};
    assertThat(mixer.mix("dough", 500L, true, 1.5, 'A', times, null)).isEqualTo(1501.5);
    assertThat(mixer.rest()).isEqualTo(8);

    List<Object> contents =
        heard.all(EventKind.TOOL_BEGAN).stream().map(Heard.Event::content).toList();
    assertThat(contents).hasSize(3);
    Map<?, ?> mixed = (Map<?, ?>) contents.get(0);
    assertThat(List.<Object>copyOf(mixed.keySet()))
        .containsExactly("name", "grams", "stirred", "heat", "grade", "times", "more");
    assertThat(new ArrayList<Object>(mixed.values()))
        .containsExactly("dough", 500L, true, 1.5, 'A', times, null);
    assertThat((Map<?, ?>) contents.get(1)).isEmpty();
    assertThat(contents.get(2)).isEqualTo(Map.of("word", "half", "number", 2));
    assertThat(heard.telemetry().registry().snapshot().tools()).hasSize(3);
  }

  @Test
  void nothingIsKeptWithoutContent() throws Exception {
    Heard deaf = new Heard(false);
    mixer(WovenApplication.with(UserToolArgumentsTest.class.getName() + "$", deaf, tools()))
        .mix("dough", 500L, true, 1.5, 'A', new int[0], null);

    assertThat(deaf.only(EventKind.TOOL_BEGAN).content()).isNull();
  }
}
