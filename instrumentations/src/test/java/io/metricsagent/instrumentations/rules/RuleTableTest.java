package io.metricsagent.instrumentations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTableTest {
  private enum Rules implements Row<Object> {
    FIRST_ROW,
    SECOND_ROW;

    @Override
    public List<Rule> rules() {
      return List.of(Rule.forClass("com.example." + name(), MethodTarget.named("run")));
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, Object shared) {
      return new Sharing(shared);
    }
  }

  private static final class Sharing extends SiteHandler {
    private final Object shared;

    Sharing(Object shared) {
      this.shared = shared;
    }

    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      return null;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      return result;
    }
  }

  private static final class Table extends RuleTable<Object> {
    private final boolean shares;
    private int made;

    Table(boolean shares) {
      this.shares = shares;
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public List<? extends Row<Object>> rows() {
      return List.of(Rules.values());
    }

    @Override
    protected Object shared(Telemetry telemetry) {
      made++;
      return shares ? new Object() : null;
    }
  }

  private static Object sharedBy(Table table, Row<?> row) {
    return ((Sharing) table.handler(row, null)).shared;
  }

  @Test
  void givesAllHandlersTheSameSharedObject() {
    Table table = new Table(true);

    Object shared = sharedBy(table, Rules.FIRST_ROW);

    assertThat(sharedBy(table, Rules.SECOND_ROW)).isSameAs(shared).isNotNull();
    assertThat(table.made).isEqualTo(1);
  }

  @Test
  void makesTheSharedObjectOnceEvenIfItIsNull() {
    Table table = new Table(false);

    assertThat(sharedBy(table, Rules.FIRST_ROW)).isNull();
    assertThat(sharedBy(table, Rules.SECOND_ROW)).isNull();
    assertThat(table.made).isEqualTo(1);
  }

  @Test
  void makesNothingUntilAHandlerIsAskedFor() {
    Table table = new Table(true);

    assertThat(table.rules()).extracting(Rule::type).hasSize(2);
    assertThat(table.made).isZero();
  }

  @Test
  void numbersTheRulesInTheOrderOfTheRows() {
    SiteTable sites = new SiteTable(List.of());

    sites.add(new Table(true));
    sites.add(new Table(true));

    assertThat(sites.sites())
        .extracting(Site::id)
        .containsExactly("first-row", "second-row", "first-row", "second-row");
    assertThat(sites.sites()).extracting(Site::number).containsExactly(0, 1, 2, 3);
    assertThat(sites.sitesOf("com/example/SECOND_ROW"))
        .extracting(Site::number)
        .containsExactly(1, 3);
  }
}
