package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.PassedArguments;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.Arrays;
import java.util.List;

/** The rows of mailboxes: one for each method that sends, receives or settles messages. */
final class MailboxRows {
  private static final Expression FIRST_ARGUMENT =
      new Expression.Path(Expression.Root.ARGUMENT, 0, List.of());

  private MailboxRows() {}

  static void add(MailboxRule rule, UserRows rows) {
    if (rule.send() != null) {
      for (MethodTarget method : rule.send().methods()) {
        add(rule, "send", method, null, rows);
      }
    }
    if (rule.receive() != null) {
      for (MethodTarget method : rule.receive().methods()) {
        addReceiving(rule, method, rows);
      }
    }
    for (Settlement settlement : Settlement.values()) {
      if (rule.settlements().containsKey(settlement)) {
        for (MethodTarget method : rule.settlements().get(settlement).methods()) {
          add(rule, "settle", method, settlement, rows);
        }
      }
    }
    for (MethodTarget method : rule.depthMethods()) {
      add(rule, "depth", method, null, rows);
    }
  }

  private static void add(
      MailboxRule rule, String what, MethodTarget method, Settlement settlement, UserRows rows) {
    String id = rows.newId("mailbox:", rule.type(), method);
    if (id == null) {
      return;
    }
    for (Rule woven : UserRows.rules(rule.type(), method)) {
      switch (what) {
        case "send" ->
            rows.add(new Sending(id, rule, woven.passing(places(rule.send()).passed())));
        case "settle" -> {
          ArgumentPlaces places = places(rule.settlements().get(settlement));
          rows.add(new Settling(id, rule, settlement, woven.passing(places.passed())));
        }
        default -> rows.add(new Counting(id, rule, woven));
      }
    }
  }

  /**
   * A void method gets its message as an argument, another one returns it, unless the rule says
   * where it is. One of both rules is for whichever of them the type lacks.
   */
  private static void addReceiving(MailboxRule rule, MethodTarget method, UserRows rows) {
    PassedArguments passed = places(rule.receive()).passed();
    String id = rows.newId("mailbox:", rule.type(), method);
    if (id == null) {
      return;
    }
    if (rule.receive().message() != null || method.descriptor() != null) {
      boolean isVoid = method.descriptor() != null && method.descriptor().endsWith(")V");
      for (Rule woven : UserRows.rules(rule.type(), method)) {
        rows.add(new Receiving(id, rule, isVoid, woven.passing(passed)));
      }
      return;
    }
    MethodTarget returning = MethodTarget.withResult(method.name());
    MethodTarget taking = MethodTarget.withoutResult(method.name());
    for (Rule woven : UserRows.rules(rule.type(), returning)) {
      rows.add(new Receiving(id, rule, false, woven.newerThan(taking).passing(passed)));
    }
    for (Rule woven : UserRows.rules(rule.type(), taking)) {
      rows.add(new Receiving(id, rule, true, woven.whereThereIsOne().passing(passed)));
    }
  }

  static ArgumentPlaces places(MailboxRule.Receive receive) {
    return ArgumentPlaces.of(List.of(), Arrays.asList(receive.message()));
  }

  static ArgumentPlaces places(MailboxRule.Settle settle) {
    return ArgumentPlaces.of(Arrays.asList(settle.id()), List.of());
  }

  static ArgumentPlaces places(MailboxRule.Send send) {
    return ArgumentPlaces.of(Arrays.asList(send.message()), List.of());
  }

  /** Returns what identifies the messages that a method settles. */
  static Expression id(MailboxRule.Settle settle) {
    return settle.id() == null ? FIRST_ARGUMENT : settle.id();
  }

  /** Returns the messages that a method sends. */
  static Expression message(MailboxRule.Send send) {
    return send.message() == null ? FIRST_ARGUMENT : send.message();
  }

  private record Sending(String id, MailboxRule rule, Rule woven)
      implements UserRow {
    @Override
    public TargetType type() {
      return rule.type();
    }

    @Override
    public RowHandler handler(Telemetry telemetry, UserShared shared) {
      return new MailboxSendHandler(rule.send(), shared.sent());
    }
  }

  private record Receiving(String id, MailboxRule rule, boolean isVoid, Rule woven)
      implements UserRow {
    @Override
    public TargetType type() {
      return rule.type();
    }

    @Override
    public RowHandler handler(Telemetry telemetry, UserShared shared) {
      return new MailboxReceiveHandler(rule, shared.mailbox(rule), shared.sent(), isVoid);
    }
  }

  private record Settling(String id, MailboxRule rule, Settlement settlement, Rule woven)
      implements UserRow {
    @Override
    public TargetType type() {
      return rule.type();
    }

    @Override
    public RowHandler handler(Telemetry telemetry, UserShared shared) {
      Outcome outcome =
          switch (settlement) {
            case ACK -> Outcome.ACKED;
            case NACK -> Outcome.NACKED;
            case DEAD_LETTER -> Outcome.DEAD_LETTERED;
            case EXPIRED -> Outcome.EXPIRED;
          };
      return new MailboxSettleHandler(
          rule.settlements().get(settlement), outcome, shared.mailbox(rule));
    }
  }

  private record Counting(String id, MailboxRule rule, Rule woven)
      implements UserRow {
    @Override
    public TargetType type() {
      return rule.type();
    }

    @Override
    public RowHandler handler(Telemetry telemetry, UserShared shared) {
      return new MailboxDepthHandler(shared.mailbox(rule));
    }
  }
}
