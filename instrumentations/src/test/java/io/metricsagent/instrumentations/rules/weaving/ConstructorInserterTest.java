package io.metricsagent.instrumentations.rules.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.weaving.samples.Built;
import io.metricsagent.instrumentations.rules.weaving.samples.BuiltApi;
import io.metricsagent.instrumentations.testing.WovenApplication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A handler sees each object that a woven constructor has made, with its arguments. */
class ConstructorInserterTest {
  private static final MethodTarget WITH_ARGUMENTS =
      MethodTarget.method(MethodTarget.CONSTRUCTOR, "void", "long", "java.lang.String");

  private final List<String> seen = new ArrayList<>();
  private boolean failing;

  /** Notes what it sees, or fails at each call. */
  private final class Diary extends SiteHandler {
    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      seen.add("enter " + ((BuiltApi) self).text() + Arrays.asList(arg0, arg1, arg2));
      if (failing) {
        throw new IllegalStateException("a fault of the agent");
      }
      return "token";
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      seen.add("exit " + token + " " + result + " " + thrown);
      return result;
    }
  }

  private BuiltApi built;

  @BeforeEach
  void weave() throws ReflectiveOperationException {
    WovenApplication application =
        WovenApplication.with(
            Built.class.getPackageName(),
            Weaving.module(Diary::new, Rule.forClass(Built.class.getName(), WITH_ARGUMENTS)));
    built = application.create(Built.class, BuiltApi.class);
    assertThat(application.woven()).contains("Built");
  }

  @Test
  void anObjectIsSeenOnceWhenItIsMade() {
    assertThat(built.text()).isEqualTo("text1");
    assertThat(seen).containsExactly("enter text1[null, text, null]", "exit token null null");
  }

  @Test
  void eachReturnIsSeen() {
    seen.clear();
    assertThat(built.build(0, "early").text()).isEqualTo("early");
    assertThat(seen).containsExactly("enter early[null, early, null]", "exit token null null");
  }

  @Test
  void aConstructorThatThrowsIsNotSeenAndThrowsAsBefore() {
    seen.clear();
    assertThatThrownBy(() -> built.build(1, null))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("no text");
    assertThat(seen).isEmpty();
  }

  @Test
  void aHandlerThatFailsChangesNothing() {
    failing = true;
    assertThat(built.build(2, "made").text()).isEqualTo("made2");
    assertThat(seen).contains("enter made2[null, made, null]");
  }

  @Test
  void twoRulesForOneConstructorBothSeeTheObject() throws ReflectiveOperationException {
    Rule rule = Rule.forClass(Built.class.getName(), WITH_ARGUMENTS);
    seen.clear();
    WovenApplication.with(
            Built.class.getPackageName(),
            Weaving.module(Diary::new, rule),
            Weaving.module(Diary::new, rule))
        .create(Built.class, BuiltApi.class);

    String entered = "enter text1[null, text, null]";
    String left = "exit token null null";
    assertThat(seen).containsExactly(entered, left, entered, left);
  }
}
