package io.metricsagent.instrumentations.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application says of a thread is read from APIs that it uses, and from no others. */
class CallContextsTest {
  private static final String BAGGAGE = "io/opentelemetry/api/baggage/BaggageContextKey";
  private static final String STORAGE = "io/opentelemetry/context/LazyStorage";

  private final ClassLoader application = CallContextsTest.class.getClassLoader();
  private final LoaderSightings sightings = LoaderSightings.ofTracers();
  private final Set<Class<?>> initialised = new HashSet<>(Set.of(Mdc.class, Other.class));
  private final CallContexts contexts = with(Map.of());

  private CallContexts with(Map<ContextField, String> renamed) {
    CallContexts made = new CallContexts(ContextKeys.of(renamed), initialised::contains);
    sightings.listener(made);
    return made;
  }

  /** A diagnostic context as SLF4J and Log4j have it. */
  public static final class Mdc {
    private static final Map<String, String> VALUES = new HashMap<>();
    private static int questions;

    private Mdc() {}

    /** Returns the value of a key, or {@code null}. */
    public static String get(String key) {
      questions++;
      return VALUES.get(key);
    }
  }

  /** A diagnostic context as JBoss Logging has it: its values need not be texts. */
  public static final class Other {
    private static final Map<String, Object> VALUES = new HashMap<>();

    private Other() {}

    /** Returns the value of a key, or {@code null}. */
    public static Object get(String key) {
      if (key.equals("attempt")) {
        throw new IllegalStateException("no attempt");
      }
      return VALUES.get(key);
    }
  }

  @BeforeEach
  @AfterEach
  void sayNothing() {
    Baggage.set(null);
    Mdc.VALUES.clear();
    Mdc.questions = 0;
    Other.VALUES.clear();
  }

  private void useBaggage() {
    sightings.loads(STORAGE, application);
    sightings.loads(BAGGAGE, application);
  }

  private void useMdc() {
    contexts.loadsLogContext(Mdc.class.getName(), application);
  }

  private String experiment() {
    return contexts.get(ContextField.EXPERIMENT);
  }

  @Test
  void readsBaggageOnceTheApplicationHasUsedAContext() {
    Baggage.set(Map.of("experiment", "v2-concise"));
    int before = Context.questions();
    assertThat(experiment()).isNull();

    sightings.loads(BAGGAGE, application);
    assertThat(experiment()).isNull();
    assertThat(Context.questions()).isEqualTo(before);

    sightings.loads(STORAGE, application);
    assertThat(experiment()).isEqualTo("v2-concise");
    Baggage.set(null);
    assertThat(experiment()).isNull();
  }

  @Test
  void readsALogContextOnceTheApplicationHasInitialisedIt() {
    initialised.remove(Mdc.class);
    Mdc.VALUES.put("experiment", "baseline");
    useMdc();
    assertThat(experiment()).isNull();
    assertThat(Mdc.questions).isZero();

    initialised.add(Mdc.class);
    assertThat(experiment()).isEqualTo("baseline");
  }

  @Test
  void theLongKeyWins() {
    useMdc();
    Mdc.VALUES.put("experiment", "short");
    assertThat(experiment()).isEqualTo("short");
    Mdc.VALUES.put("metrics.agent.experiment", "long");
    assertThat(experiment()).isEqualTo("long");

    useBaggage();
    Baggage.set(Map.of("experiment", "short", "metrics.agent.experiment", "long"));
    assertThat(experiment()).isEqualTo("long");
  }

  @Test
  void baggageWinsOverLogContextsAndABlankValueIsNone() {
    useMdc();
    useBaggage();
    Mdc.VALUES.put("experiment", "of the log");
    assertThat(experiment()).isEqualTo("of the log");
    Baggage.set(Map.of("experiment", "of the baggage"));
    assertThat(experiment()).isEqualTo("of the baggage");
    Baggage.set(Map.of("experiment", " "));
    assertThat(experiment()).isEqualTo("of the log");
    Mdc.VALUES.put("experiment", "");
    assertThat(experiment()).isNull();
  }

  @Test
  void asksEachCopyAndOnlyForTexts() {
    useMdc();
    contexts.loadsLogContext(Other.class.getName(), application);
    contexts.loadsLogContext("com.acme.NoSuchContext", application);
    contexts.loadsLogContext(CallContextsTest.class.getName(), application);
    Other.VALUES.put("experiment", "other");
    assertThat(experiment()).isEqualTo("other");

    Other.VALUES.put("experiment", 2);
    assertThat(experiment()).isNull();
  }

  @Test
  void aFaultOfTheApisIsNoFaultOfTheCall() {
    contexts.loadsLogContext(Other.class.getName(), application);
    assertThat(contexts.get(ContextField.ATTEMPT)).isNull();
  }

  @Test
  void readsAFieldUnderTheKeyThatTheUserHasChosenAndUnderNoOther() {
    CallContexts renamed =
        with(Map.of(ContextField.EXPERIMENT, "ab_arm", ContextField.SESSION_ID, ""));
    renamed.loadsLogContext(Mdc.class.getName(), application);
    Mdc.VALUES.putAll(
        Map.of("experiment", "not this", "session_id", "s", "request_id", "r", "ab_arm", "v2"));

    assertThat(renamed.get(ContextField.EXPERIMENT)).isEqualTo("v2");
    assertThat(renamed.get(ContextField.SESSION_ID)).isNull();
    assertThat(renamed.get(ContextField.REQUEST_ID)).isEqualTo("r");
  }

  @Test
  void withoutAnyApiNothingIsRead() {
    assertThat(CallContexts.OFF.get(ContextField.EXPERIMENT)).isNull();
    assertThat(experiment()).isNull();
  }

  /** Each call of the application reads its experiment. */
  @Test
  void readingAllocatesNothing() {
    useBaggage();
    useMdc();
    Baggage.set(Map.of("user", "ann"));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 1000; i++) {
        assertNothing(experiment());
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    Mdc.VALUES.put("experiment", "v2");

    assertThat(experiment()).isEqualTo("v2");
    assertThat(least).as("bytes of 1000 calls").isLessThan(1000);
  }

  private static void assertNothing(String value) {
    if (value != null) {
      throw new AssertionError(value);
    }
  }
}
