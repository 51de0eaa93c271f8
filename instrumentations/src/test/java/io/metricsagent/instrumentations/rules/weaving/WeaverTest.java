package io.metricsagent.instrumentations.rules.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.weaving.samples.Sample;
import io.metricsagent.instrumentations.rules.weaving.samples.SampleApi;
import io.metricsagent.instrumentations.testing.WovenApplication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A handler sees the arguments, result and exception of a woven method, and the method behaves as
 * before.
 */
class WeaverTest {
  private final List<String> seen = new ArrayList<>();
  private Object replacement;
  private boolean replaces;

  /** Records everything that it sees. */
  private final class Diary extends SiteHandler {
    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      seen.add("enter " + Arrays.asList(self == null ? null : "self", arg0, arg1, arg2));
      return "token";
    }

    @Override
    public Object replaceArgument(Object token, Object argument) {
      return replaces ? replacement : argument;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      seen.add("exit " + result + " " + thrown);
      return replaces ? replacement : result;
    }
  }

  private SampleApi woven(UnaryOperator<Rule> with, String... methods) throws Exception {
    MethodTarget[] targets =
        Arrays.stream(methods).map(MethodTarget::named).toArray(MethodTarget[]::new);
    Rule rule = with.apply(Rule.forClass(Sample.class.getName(), targets));
    WovenApplication application =
        WovenApplication.with(Sample.class.getPackageName(), Weaving.module(Diary::new, rule));
    SampleApi sample = application.create(Sample.class, SampleApi.class);
    assertThat(application.woven()).contains("Sample");
    return sample;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aBoolean",
        "aByte",
        "aChar",
        "aShort",
        "anInt",
        "aLong",
        "aFloat",
        "aDouble",
        "anArray",
        "anObject"
      })
  void resultsOfEveryTypeAreSeenAndReturned(String method) throws Exception {
    Object expected = SampleApi.class.getMethod(method).invoke(new Sample());
    SampleApi sample = woven(rule -> rule, method);

    assertThat(SampleApi.class.getMethod(method).invoke(sample)).isEqualTo(expected);
    assertThat(seen.get(0)).isEqualTo("enter [self, null, null, null]");
    if (!method.equals("anArray")) {
      assertThat(seen.get(1)).isEqualTo("exit " + expected + " null");
    }
    assertThat(seen).hasSize(2);
  }

  @Test
  void objectArgumentsAreSeenAndPrimitivesAreNull() throws Exception {
    SampleApi sample = woven(rule -> rule, "wide");

    assertThat(sample.wide(1L, "two", 3.0, "four")).isEqualTo("1 two 3.0 four");
    assertThat(seen).containsExactly("enter [self, null, two, null]", "exit 1 two 3.0 four null");
  }

  @Test
  void primitiveArgumentsAreBoxedWhereTheRuleSaysSo() throws Exception {
    SampleApi sample = woven(Rule::boxingPrimitives, "wide");

    assertThat(sample.wide(1L, "two", 3.0, "four")).isEqualTo("1 two 3.0 four");
    assertThat(seen).containsExactly("enter [self, 1, two, 3.0]", "exit 1 two 3.0 four null");
  }

  @Test
  void aStaticMethodHasNoReceiver() throws Exception {
    assertThat(woven(rule -> rule, "helper").callsStatic("x")).isEqualTo("xx");
    assertThat(seen).containsExactly("enter [null, x, null, null]", "exit xx null");
  }

  @Test
  void anExceptionPassesAndIsSeenOnce() throws Exception {
    SampleApi sample = woven(rule -> rule, "fails");

    assertThatThrownBy(() -> sample.fails("no"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("no");
    assertThat(seen)
        .containsExactly(
            "enter [self, no, null, null]", "exit null java.lang.IllegalStateException: no");
  }

  @Test
  void anExceptionThatTheMethodHandlesIsNotSeen() throws Exception {
    assertThat(woven(rule -> rule, "handles").handles("no")).isEqualTo("handled no, finally");
    assertThat(seen)
        .containsExactly("enter [self, no, null, null]", "exit handled no, finally null");
  }

  @Test
  void everyReturnOfALoopIsSeen() throws Exception {
    SampleApi sample = woven(rule -> rule, "loops");

    assertThat(sample.loops(0)).isEqualTo(-1);
    assertThat(sample.loops(3)).isEqualTo(6);
    assertThat(sample.loops(100)).isEqualTo(1000);
    assertThat(seen).filteredOn(line -> line.startsWith("exit")).hasSize(3);
  }

  @Test
  void aWovenMethodHoldsAndReleasesItsLock() throws Exception {
    SampleApi sample = woven(rule -> rule, "locks");

    assertThat(sample.locks("a")).isEqualTo("a true");
    assertThat(Thread.holdsLock(sample)).isFalse();
  }

  @Test
  void aVoidMethodHasTheResultNull() throws Exception {
    woven(rule -> rule, "nothing").nothing(List.of());
    assertThat(seen).containsExactly("enter [self, [], null, null]", "exit null null");
  }

  @Test
  void theResultIsReplacedWhereTheRuleSaysSo() throws Exception {
    replaces = true;
    replacement = "another";

    assertThat(woven(Rule::replacingResult, "anObject").anObject()).isEqualTo("another");
    assertThat(woven(rule -> rule, "anObject").anObject()).isEqualTo("object");
  }

  @Test
  void aReplacementOfTheWrongTypeChangesNothing() throws Exception {
    replaces = true;
    replacement = 42;

    assertThat(woven(Rule::replacingResult, "anObject").anObject()).isEqualTo("object");
    assertThat(woven(rule -> rule.replacingArgument(1), "wide").wide(1L, "two", 3.0, "four"))
        .isEqualTo("1 two 3.0 four");
  }

  @Test
  void anArgumentIsReplacedWhereTheRuleSaysSo() throws Exception {
    replaces = true;
    replacement = "zwei";

    assertThat(woven(rule -> rule.replacingArgument(1), "wide").wide(1L, "two", 3.0, "four"))
        .isEqualTo("1 zwei 3.0 four");
  }

  @Test
  void aClassFileWithoutStackFramesIsWoven() throws Exception {
    assertThat(OldClass.run(Weaving.module(Diary::new, OldClass.rule()))).isEqualTo(7);
  }
}
