package io.metricsagent.instrumentations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A module's rules are replaced while calls are under way. */
class ReplacedRulesTest {
  /** Rows that say something about a type; equal if they say the same. */
  private record Said(String type, String text) implements Row<Void> {
    @Override
    public String name() {
      return type + ":" + text;
    }

    @Override
    public String id() {
      return name();
    }

    @Override
    public List<Rule> rules() {
      return List.of(Rule.forSubtypes(type, MethodTarget.named("chat")));
    }

    @Override
    public RowHandler handler(Telemetry telemetry, Void nothing) {
      return new Counting();
    }
  }

  /** Counts the calls that it sees begin and end. */
  private static final class Counting extends SiteHandler {
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private boolean inForce = true;

    @Override
    public void inForce(boolean is) {
      inForce = is;
    }

    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      begun.incrementAndGet();
      return this;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      (token == this ? ended : others).incrementAndGet();
      return result;
    }
  }

  private final Map<String, Counting> handlers = new ConcurrentHashMap<>();
  private final SiteTable table = new SiteTable(List.of("user"));

  private final class Module implements InstrumentationModule {
    private final List<Said> rows;

    Module(Said... rows) {
      this.rows = List.of(rows);
    }

    @Override
    public String name() {
      return "user";
    }

    @Override
    public List<Said> rows() {
      return rows;
    }

    @Override
    public SiteHandler handler(Row<?> row, Telemetry telemetry) {
      Counting made = (Counting) ((Said) row).handler(telemetry, null);
      handlers.put(row.id(), made);
      return made;
    }
  }

  private static final Said A = new Said("com.acme.A", "one");
  private static final Said A_CHANGED = new Said("com.acme.A", "two");
  private static final Said B = new Said("com.acme.B", "one");

  private SiteTable.Change replace(Said... rows) {
    SiteTable.Change change = table.replace(new Module(rows));
    for (Said row : rows) {
      for (Site site : table.sitesOf(row.type().replace('.', '/'))) {
        site.activate(null);
      }
    }
    return change;
  }

  private int number(Said row) {
    for (Site site : table.sites()) {
      if (site.id().equals(row.id())) {
        return site.number();
      }
    }
    throw new AssertionError(row);
  }

  @Test
  void rulesThatStayKeepTheirNumbersAndHandlers() {
    replace(A, B);
    int a = number(A);
    Object token = table.enter(a, null, null, null, null);

    SiteTable.Change change = replace(new Said("com.acme.A", "one"));

    assertThat(change.added()).isEmpty();
    assertThat(change.removed()).isEqualTo(B.rules());
    assertThat(number(A)).isEqualTo(a);
    assertThat(table.enter(a, null, null, null, null)).isSameAs(token);
  }

  @Test
  void aChangedRuleGetsANumberThatNoCodeHasYet() {
    replace(A, B);
    int a = number(A);

    SiteTable.Change change = replace(A_CHANGED, B);

    assertThat(number(A_CHANGED)).isEqualTo(2);
    assertThat(change.added()).isEqualTo(A.rules());
    assertThat(change.removed()).isEqualTo(A.rules());
    assertThat(table.enter(a, null, null, null, null)).as("old code, new call").isNull();
    assertThat(table.sitesOf("com/acme/A")).extracting(Site::number).containsExactly(2);
  }

  @Test
  void aCallThatBeganBeforeItsRuleWasGoneEndsWithTheHandlerThatItBeganWith() {
    replace(A);
    int a = number(A);
    Object token = table.enter(a, null, null, null, null);

    replace();
    table.exit(a, token, "result", null);

    assertThat(handlers.get(A.id()).ended).hasValue(1);
    assertThat(handlers.get(A.id()).inForce).isFalse();
  }

  @Test
  void aRuleThatComesBackHasItsNumberAndHandlerAgain() {
    replace(A);
    int a = number(A);
    Object token = table.enter(a, null, null, null, null);
    replace();

    SiteTable.Change change = replace(A);

    assertThat(change.added()).isEqualTo(A.rules());
    assertThat(change.removed()).isEmpty();
    assertThat(number(A)).isEqualTo(a);
    assertThat(table.enter(a, null, null, null, null)).isSameAs(token);
    assertThat(handlers.get(A.id()).inForce).isTrue();
  }

  @Test
  void aClassThatIsWovenByARuleThatIsJustGoneGivesItNoHandler() {
    replace(A);
    Site woven = table.sites().get(0);
    replace();

    woven.activate(null);

    assertThat(table.enter(woven.number(), null, null, null, null)).isNull();
  }

  @Test
  void theFirstRulesOfAModuleMayComeLate() {
    assertThat(table.snapshot()).extracting(InstrumentationSnapshot::name).containsExactly("user");

    replace(A);

    assertThat(table.snapshot()).extracting(InstrumentationSnapshot::name).containsExactly("user");
    assertThat(table.enter(number(A), null, null, null, null)).isNotNull();
  }

  @Test
  void countsGoOnAndARuleThatIsGoneIsNotSkippedAnyMore() {
    replace(A, B);
    weave(table.sites().get(0), 3);
    table.sites().get(0).instrumentation().skip(table.sites().get(0), "it has no method chat");
    assertThat(table.snapshot()).containsExactly(new InstrumentationSnapshot("user", 3, 1, 0));

    table.sites().get(0).instrumentation().error();
    replace(A_CHANGED, B);

    assertThat(table.snapshot()).containsExactly(new InstrumentationSnapshot("user", 0, 0, 1));
  }

  @Test
  void theWovenMethodsAreThoseInForce() {
    replace(A, B);
    Site a = table.sites().get(0);
    weave(a, 3);
    weave(table.sites().get(1), 2);
    weave(table.sites().get(1), 2); // the same class again
    assertThat(wovenMethods()).isEqualTo(5);

    replace(B);
    weave(a, 3); // by a thread that found the rule before it was gone
    assertThat(wovenMethods()).isEqualTo(2);

    replace(A, B);
    assertThat(wovenMethods()).isEqualTo(2);
    weave(a, 3);
    assertThat(wovenMethods()).isEqualTo(5);
  }

  private static void weave(Site site, int methods) {
    ClassLoader loader = ReplacedRulesTest.class.getClassLoader();
    site.instrumentation().wove(site, loader, site.rule().type(), methods);
  }

  private long wovenMethods() {
    return table.snapshot().get(0).wovenMethods();
  }

  /**
   * Several threads call, as woven code does, while another one replaces the rules all the time.
   */
  @Test
  void noCallIsLostOrEndsWithAnotherHandlerWhileRulesChange() throws InterruptedException {
    replace(A, B);
    int[] numbers = {number(A), number(B)};
    AtomicLong begun = new AtomicLong();
    AtomicLong faults = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int site = numbers[i % 2];
      Thread thread =
          new Thread(
              () -> {
                for (int call = 0; call < 200_000; call++) {
                  Object token = table.enter(site, null, null, null, null);
                  if (token != null) {
                    begun.incrementAndGet();
                    if (table.exit(site, token, "result", null) != "result") {
                      faults.incrementAndGet();
                    }
                  }
                }
              });
      thread.setUncaughtExceptionHandler((t, e) -> faults.incrementAndGet());
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    int changes = 0;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      replace(new Said("com.acme.C", "number " + changes++ % 50), B);
      replace(A);
      replace(A, B);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(faults).hasValue(0);
    long ended = 0;
    for (Said row : List.of(A, B)) {
      Counting handler = handlers.get(row.id());
      assertThat(handler.ended).hasValue(handler.begun.get());
      assertThat(handler.others).hasValue(0);
      ended += handler.ended.get();
    }
    assertThat(ended).isEqualTo(begun.get()).isPositive();
    assertThat(table.sites()).hasSize(2);
  }
}
