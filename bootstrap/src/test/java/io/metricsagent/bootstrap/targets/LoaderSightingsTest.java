package io.metricsagent.bootstrap.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LoaderSightingsTest {
  private static final String SPAN = "io/opentelemetry/api/trace/Span";
  private static final String STORAGE = "io/opentelemetry/context/LazyStorage";

  private final LoaderSightings sightings = LoaderSightings.ofTracers();
  private final Listener listener = new Listener();
  private final Set<Class<?>> initialised = new HashSet<>();

  @Test
  void aStorageThatWasLoadedBeforeIsInUseOnceItIsInitialised() {
    sightings.wasLoaded(SPAN, Unused.class);
    sightings.wasLoaded(STORAGE, Unused.class);
    sightings.wasLoaded(STORAGE, Used.class);
    sightings.wasLoaded("com/example/Span", Used.class);
    initialised.add(Used.class);
    assertThat(sightings.isUseUnknown()).isTrue();

    sightings.tellWhetherUsed(initialised::contains);
    sightings.listener(listener);

    assertThat(sightings.isUseUnknown()).isFalse();
    assertThat(listener.heard).containsExactly("spans", "will use", "uses");
    assertThat(listener.inUse.getAsBoolean()).isFalse();
    initialised.add(Unused.class);
    assertThat(listener.inUse.getAsBoolean()).isTrue();
  }

  @Test
  void aStorageIsInUseWhenItsClassIsLoaded() {
    sightings.listener(listener);

    sightings.loads(STORAGE, getClass().getClassLoader());

    assertThat(listener.heard).containsExactly("uses");
    assertThat(sightings.isUseUnknown()).isFalse();
  }

  @Test
  void allListenersHearOfAllLoadersOfEachClass() {
    Listener late = new Listener();
    ClassLoader loader = getClass().getClassLoader();
    sightings.listener(listener);
    sightings.loads("io/opentelemetry/api/baggage/BaggageContextKey", loader);
    sightings.loads("org/slf4j/MDC", loader);
    sightings.loads("org/apache/logging/log4j/ThreadContext", loader);
    sightings.loads("org/jboss/logging/MDC", loader);
    sightings.loads("com/acme/org/slf4j/MDC", loader);
    sightings.loads("io/opentelemetry/api/baggage/Baggage", loader);
    sightings.listener(late);

    assertThat(listener.heard)
        .containsExactly(
            "baggage",
            "org.slf4j.MDC",
            "org.apache.logging.log4j.ThreadContext",
            "org.jboss.logging.MDC");
    assertThat(late.heard).isEqualTo(listener.heard);
  }

  private static final class Used {}

  private static final class Unused {}

  private static final class Listener implements LoaderSightings.Listener {
    private final List<String> heard = new ArrayList<>();
    private BooleanSupplier inUse;

    @Override
    public void loadsSpans(ClassLoader loader) {
      heard.add("spans");
    }

    @Override
    public void loadsBaggage(ClassLoader loader) {
      heard.add("baggage");
    }

    @Override
    public void loadsLogContext(String name, ClassLoader loader) {
      heard.add(name);
    }

    @Override
    public void usesContexts(ClassLoader loader) {
      heard.add("uses");
    }

    @Override
    public void willUseContexts(ClassLoader loader, BooleanSupplier asked) {
      heard.add("will use");
      inUse = asked;
    }
  }
}
