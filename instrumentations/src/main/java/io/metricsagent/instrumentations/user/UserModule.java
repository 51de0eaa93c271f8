package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Classes of the user's own, as rule files describe them, and as {@code
 * metrics.agent.adapters.include}, {@code .tools.include}, {@code .mailboxes.include} and {@code
 * .runs.include} name them.
 *
 * <p>What a rule does not say has a default: an adapter is named by its class and its operation by
 * the method; a tool and a run are {@code Class.method}; a mailbox is named by its class.
 */
public final class UserModule extends RuleTable<UserShared> {
  /** The name of this instrumentation. */
  static final String NAME = "user";

  private final List<UserRow> rows;

  /** Whose shared object this module takes over; {@code null} if there is none, or if it has. */
  private UserModule before;

  private UserModule(List<UserRow> rows, UserModule before) {
    this.rows = List.copyOf(rows);
    this.before = before;
  }

  /** Returns the module of rules; of two rules of one kind for a method, the first is used. */
  public static UserModule of(UserRules rules) {
    Builder builder = new Builder();
    builder.add(rules);
    return builder.build();
  }

  /**
   * Returns the rules that an {@code include} setting is the short form of.
   *
   * @param problems gets one line for each part that cannot be used, in words for the user
   */
  public static UserRules included(TargetKind kind, String text, List<String> problems) {
    return IncludeRules.of(kind, text, problems);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<? extends Row<UserShared>> rows() {
    return rows;
  }

  /** Those of the module before go on, so that what was sent or received then is known. */
  @Override
  protected UserShared shared(Telemetry telemetry) {
    UserModule predecessor = before;
    before = null;
    return predecessor == null
        ? new UserShared(telemetry.registry())
        : predecessor.sharedOnce(telemetry);
  }

  /** Collects rules. Not thread-safe. */
  public static final class Builder {
    private final UserRows rows = new UserRows();
    private final UserModule before;

    /** Begins without rules. */
    public Builder() {
      this(null);
    }

    /**
     * Begins without rules.
     *
     * @param before the module whose place the new one will take, or {@code null}
     */
    public Builder(UserModule before) {
      this.before = before;
    }

    /**
     * Adds the classes of one setting.
     *
     * @return one line for each part that cannot be used, in words for the user
     */
    public List<String> include(TargetKind kind, String text) {
      List<String> problems = new ArrayList<>();
      add(IncludeRules.of(kind, text, problems));
      return problems;
    }

    /** Adds rules; a method that has a rule of the same kind already keeps it. */
    public void add(UserRules rules) {
      for (AdapterRule rule : rules.adapters()) {
        AdapterRows.add(rule, rows);
      }
      for (ToolRule rule : rules.tools()) {
        ToolRows.add(rule, rows);
      }
      for (MailboxRule rule : rules.mailboxes()) {
        MailboxRows.add(rule, rows);
      }
      for (RunRule rule : rules.runs()) {
        RunRows.add(rule, rows);
      }
    }

    /** Returns the module. */
    public UserModule build() {
      return new UserModule(rows.rows(), before);
    }
  }
}
