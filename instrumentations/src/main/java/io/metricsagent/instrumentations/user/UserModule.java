package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Classes of the user's own, named in {@code metrics.agent.adapters.include}, {@code
 * .tools.include}, {@code .mailboxes.include} and {@code .runs.include}; subtypes are measured too.
 *
 * <p>An adapter is named by its class and its operation by the method; a tool and a run are {@code
 * Class.method}; a mailbox is named by its class.
 */
public final class UserModule extends RuleTable<Void> {
  /** The name of this instrumentation. */
  static final String NAME = "user";

  /**
   * A method that the settings name.
   *
   * @param name the kind of the target and the method, as in {@code tool:com.acme.Calculator.add}
   * @param role what the method of a mailbox does; {@code null} for other kinds
   */
  private record Target(String name, TargetKind kind, String method, MailboxRole role, Rule rule)
      implements Row<Void> {
    @Override
    public String id() {
      return name;
    }

    @Override
    public List<Rule> rules() {
      return List.of(rule);
    }

    @Override
    public RowHandler handler(Telemetry telemetry, Void nothing) {
      return switch (kind) {
        case ADAPTER -> new LlmCallHandler(new UserAdapterDecoder(rule.type(), method), telemetry);
        case TOOL ->
            new ToolCallHandler(
                new UserToolDecoder(rule.type(), method, telemetry.events().hasContent()),
                telemetry);
        case MAILBOX -> mailbox(telemetry);
        case RUN -> UserRuns.handler(rule.type(), method, telemetry);
      };
    }

    /** Returns a handler; those of methods with the same name count nested calls as one. */
    private UserMailboxHandler mailbox(Telemetry telemetry) {
      boolean isVoid = rule.methods().get(0).equals(MethodTarget.withoutResult(method));
      return new UserMailboxHandler(rule.type(), role, isVoid, name, telemetry.registry());
    }

    @Override
    public boolean isForRuns() {
      return kind == TargetKind.RUN;
    }
  }

  private final List<Target> targets;

  private UserModule(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<? extends Row<Void>> rows() {
    return targets;
  }

  @Override
  protected Void shared(Telemetry telemetry) {
    return null;
  }

  /** Collects what the settings say. Not thread-safe. */
  public static final class Builder {
    private final List<Target> targets = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /**
     * Adds the classes of one setting.
     *
     * @return one line for each part that cannot be used, in words for the user
     */
    public List<String> include(TargetKind kind, String text) {
      IncludeParser parser = IncludeParser.parse(text);
      List<String> problems = new ArrayList<>(parser.problems());
      for (IncludeParser.Entry entry : parser.entries()) {
        for (String written : entry.methods()) {
          add(kind, entry.type(), written, problems);
        }
      }
      return problems;
    }

    /** Adds the methods of rule files. */
    public void add(UserRules rules) {
      for (AdapterRule adapter : rules.adapters()) {
        add(TargetKind.ADAPTER, adapter.type(), adapter.methods(), null);
      }
      for (ToolRule tool : rules.tools()) {
        add(TargetKind.TOOL, tool.type(), tool.methods(), null);
      }
      for (MailboxRule mailbox : rules.mailboxes()) {
        if (mailbox.receive() != null) {
          add(
              TargetKind.MAILBOX,
              mailbox.type(),
              mailbox.receive().methods(),
              MailboxRole.RECEIVE);
        }
        if (mailbox.send() != null) {
          add(TargetKind.MAILBOX, mailbox.type(), mailbox.send().methods(), MailboxRole.SEND);
        }
        for (MailboxRule.Settlement settlement : mailbox.settlements().keySet()) {
          add(
              TargetKind.MAILBOX,
              mailbox.type(),
              mailbox.settlements().get(settlement).methods(),
              MailboxRole.valueOf(settlement.name()));
        }
      }
      for (RunRule run : rules.runs()) {
        add(TargetKind.RUN, run.type(), run.methods(), null);
      }
    }

    private void add(
        TargetKind kind, TargetType type, List<MethodTarget> methods, MailboxRole role) {
      for (MethodTarget method : methods) {
        String id = kind.prefix() + type.name() + "." + method.name();
        if (ids.add(id)) {
          add(id, kind, type.name(), method.name(), role);
        }
      }
    }

    private void add(TargetKind kind, String type, String written, List<String> problems) {
      int equals = written.indexOf('=');
      String method = equals < 0 ? written : written.substring(0, equals).trim();
      MailboxRole role = null;
      if (kind == TargetKind.MAILBOX) {
        role =
            equals < 0
                ? MailboxRole.guessed(method)
                : MailboxRole.written(written.substring(equals + 1).trim());
        if (role == null) {
          problems.add(
              type
                  + ": it is not clear what "
                  + written
                  + " does; write "
                  + method
                  + "=ROLE, where ROLE is one of "
                  + MailboxRole.words());
          return;
        }
      } else if (equals >= 0) {
        problems.add(
            type
                + ": \""
                + written
                + "\" has a role, which only mailboxes have; "
                + method
                + " is measured");
      }
      String id = kind.prefix() + type + "." + method;
      if (ids.add(id)) {
        add(id, kind, type, method, role);
        String nested = asNested(type);
        if (!nested.equals(type)) {
          add(id, kind, nested, method, role);
        }
      }
    }

    private void add(String id, TargetKind kind, String type, String method, MailboxRole role) {
      if (role == MailboxRole.RECEIVE) {
        // A void method gets its message as an argument, another one returns it. One of both rules
        // is for whichever of them the type lacks.
        MethodTarget returning = MethodTarget.withResult(method);
        MethodTarget taking = MethodTarget.withoutResult(method);
        Rule rule = Rule.forSubtypes(type, returning).newerThan(taking);
        targets.add(new Target(id, kind, method, role, rule));
        Rule other = Rule.forSubtypes(type, taking).whereThereIsOne();
        targets.add(new Target(id, kind, method, role, other));
        return;
      }
      Rule named = Rule.forSubtypes(type, MethodTarget.named(method));
      Rule rule =
          switch (kind) {
            case RUN -> named.replacingResult();
            case TOOL -> named.withAllArguments().following();
            case ADAPTER -> named.following();
            case MAILBOX -> named;
          };
      targets.add(new Target(id, kind, method, role, rule));
    }

    /**
     * Returns the name of a nested class that was written as in source: {@code
     * com.acme.Outer$Inner} for {@code com.acme.Outer.Inner}, by the custom that only types begin
     * with a capital.
     */
    private static String asNested(String type) {
      StringBuilder name = new StringBuilder(type);
      boolean inType = false;
      for (int i = 0; i < type.length(); i++) {
        if (type.charAt(i) == '.' && inType) {
          name.setCharAt(i, '$');
        } else if (i == 0 || type.charAt(i - 1) == '.') {
          inType |= Character.isUpperCase(type.charAt(i));
        }
      }
      return name.toString();
    }

    /** Returns the module. */
    public UserModule build() {
      return new UserModule(targets);
    }
  }
}
