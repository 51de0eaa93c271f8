package io.metricsagent.instrumentations.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.Test;

/**
 * The agent calls no context before the application does, since the first call fixes how contexts
 * are stored.
 */
class ActiveSpansTest {
  private static final String SPAN = "io/opentelemetry/api/trace/Span";
  private static final String STORAGE = "io/opentelemetry/context/LazyStorage";

  private final ClassLoader application = ActiveSpansTest.class.getClassLoader();
  private final LoaderSightings sightings = LoaderSightings.ofTracers();
  private final ActiveSpans spans = new ActiveSpans(ExemplarFilter.TRACE_BASED);

  @Test
  void callsTheApiOnceTheApplicationHasUsedAContext() {
    sightings.listener(spans);
    int before = Context.questions();
    sightings.loads(SPAN, application);
    assertThat(spans.current()).isNull();
    assertThat(Context.questions()).isEqualTo(before);

    sightings.loads(STORAGE, application);
    assertThat(spans.current())
        .isEqualTo(new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"));
    assertThat(Context.questions()).isEqualTo(before + 1);
  }

  @Test
  void callsTheApiWhereBothClassesWereLoadedBeforeTheAgentListened() {
    sightings.loads(STORAGE, application);
    sightings.loads(SPAN, application);
    assertThat(spans.current()).isNull();
    sightings.listener(spans);

    assertThat(spans.current()).isNotNull();
  }

  @Test
  void contextsOfAnotherApplicationDoNotCount() {
    sightings.listener(spans);
    int before = Context.questions();
    sightings.loads(SPAN, application);
    sightings.loads(STORAGE, new ClassLoader(null) {});
    assertThat(spans.current()).isNull();
    assertThat(spans.current()).isNull();
    assertThat(Context.questions()).isEqualTo(before);

    sightings.loads(STORAGE, application);
    assertThat(spans.current()).isNotNull();
  }

  /** In OSGi, spans and contexts are in two bundles. */
  @Test
  void spansAndContextsMayHaveDifferentLoaders() {
    sightings.listener(spans);
    sightings.loads(SPAN, new ClassLoader(application) {});
    sightings.loads(STORAGE, application);

    assertThat(spans.current()).isNotNull();
  }

  @Test
  void callsNothingWhereExemplarsAreOff() {
    ActiveSpans off = new ActiveSpans(ExemplarFilter.ALWAYS_OFF);
    sightings.listener(off);
    sightings.loads(SPAN, application);
    sightings.loads(STORAGE, application);

    assertThat(off.current()).isNull();
  }

  /** From an AOT cache, the JVM loads classes that the application may never use. */
  @Test
  void callsContextsThatWereLoadedBeforeTheAgentOnceTheyAreInUse() {
    boolean[] inUse = {false};
    sightings.listener(spans);
    sightings.loads(SPAN, application);
    spans.willUseContexts(application, () -> inUse[0]);
    int before = Context.questions();
    assertThat(spans.current()).isNull();
    assertThat(Context.questions()).isEqualTo(before);

    inUse[0] = true;
    assertThat(spans.current()).isNotNull();
    assertThat(spans.current()).isNotNull();
  }

  @Test
  void looksAtEachOfSeveralContextsThatWereLoadedBeforeTheAgent() {
    boolean[] inUse = {false, false};
    spans.willUseContexts(application, () -> inUse[0]);
    spans.willUseContexts(new ClassLoader(null) {}, () -> inUse[1]);
    spans.loadsSpans(application);
    inUse[1] = true;
    assertThat(spans.current()).isNull();

    inUse[0] = true;
    assertThat(spans.current()).isNotNull();
  }
}
