package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.agent.rulefiles.Places;
import io.metricsagent.agent.rulefiles.RuleFiles;
import io.metricsagent.agent.rulefiles.check.Part.Parts;
import io.metricsagent.agent.rulefiles.check.Part.Value;
import io.metricsagent.agent.rulefiles.check.Targets.Found;
import io.metricsagent.agent.rulefiles.check.Targets.Target;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares rules with the classes of a class path. Not thread-safe. */
public final class RuleCheck {
  private final Places places;
  private final TypeWorld world;
  private final Targets targets;
  private final ValueCheck values;

  private RuleCheck(Places places, ClassPath path) {
    this.places = places;
    world = new TypeWorld(path);
    targets = new Targets(world);
    values = new ValueCheck(world);
  }

  /** Returns what each rule would weave in a class path, in the order of the sections. */
  public static List<RuleReport> of(RuleFiles files, ClassPath path) {
    RuleCheck check = new RuleCheck(files.places(), path);
    List<RuleReport> reports = new ArrayList<>();
    for (Parts rule : Part.of(files.rules())) {
      reports.add(check.report(rule));
    }
    return reports;
  }

  /** Returns the rules with the methods that they name, without looking at classes. */
  public static List<RuleReport> of(RuleFiles files) {
    List<RuleReport> reports = new ArrayList<>();
    for (Parts rule : Part.of(files.rules())) {
      RuleReport report = new RuleReport(rule.type().origin(), title(rule));
      for (Part part : rule.parts()) {
        List<String> names = new ArrayList<>();
        part.methods().forEach(method -> names.add(method.name()));
        report.line(part.what() + ": " + String.join(", ", names));
      }
      rule.parts().forEach(part -> part.values().forEach(value -> text(value, report)));
      reports.add(report);
    }
    return reports;
  }

  private static String title(Parts rule) {
    return rule.kind() + " " + rule.type().name();
  }

  private RuleReport report(Parts rule) {
    Origin place = rule.type().origin();
    RuleReport report = new RuleReport(place, title(rule));
    ClassFile type = world.find(rule.type().name().replace('.', '/'));
    if (type == null) {
      report.problem(place, targets.noClass(rule.type().name()));
      return report;
    }
    for (Part part : rule.parts()) {
      List<Target> woven = new ArrayList<>();
      Set<Integer> unclear = new TreeSet<>();
      for (MethodTarget method : part.methods()) {
        woven.addAll(methods(rule, part, type, method, report, unclear));
      }
      for (Value value : part.values()) {
        Set<Integer> read = new TreeSet<>();
        ValueCheck.arguments(value.expression(), read);
        if (Collections.disjoint(read, unclear)) {
          values(part, value, woven, report, places.of(value.expression(), place));
        }
      }
    }
    for (Value value : rule.ofObject()) {
      Walk walk = values.ofObject(world.own(type), value);
      tell(value, List.of(walk), report, places.of(value.expression(), place), "");
    }
    return report;
  }

  /** Returns whether a call may go on after its method. */
  private static boolean follows(Parts rule, Part part) {
    return part.what().equals("methods") && !rule.kind().equals("run");
  }

  private List<Target> methods(
      Parts rule,
      Part part,
      ClassFile type,
      MethodTarget method,
      RuleReport report,
      Set<Integer> unclear) {
    Origin place = places.of(method, rule.type().origin());
    Found found = targets.find(type, rule.type().subtypes(), method, follows(rule, part));
    if (found.woven().isEmpty()) {
      report.problem(place, targets.nothing(type, rule.type(), method, found));
      return List.of();
    }
    for (Target target : found.woven()) {
      report.woven(part.what() + ": " + target.written());
    }
    for (Target target : found.natives()) {
      report.line(part.what() + ": " + target.written() + " is native and is not measured");
    }
    for (Target target : found.suspended()) {
      report.line(part.what() + ": " + target.written() + " is suspending and is not measured");
    }
    if (method.descriptor() == null) {
      ambiguous(part, found.woven(), report, place, unclear);
    }
    return found.woven();
  }

  /**
   * Reports overloads of one class that differ in an argument that the rule reads.
   *
   * @param unclear is given the number of the argument
   */
  private static void ambiguous(
      Part part, List<Target> woven, RuleReport report, Origin place, Set<Integer> unclear) {
    Set<Integer> read = new TreeSet<>();
    part.values().forEach(value -> ValueCheck.arguments(value.expression(), read));
    Map<String, List<Target>> byClass = new LinkedHashMap<>();
    for (Target target : woven) {
      byClass.computeIfAbsent(target.owner().name(), key -> new ArrayList<>()).add(target);
    }
    for (int argument : read) {
      for (List<Target> overloads : byClass.values()) {
        Set<String> types = new TreeSet<>();
        Set<String> written = new TreeSet<>();
        for (Target overload : overloads) {
          types.add(ValueCheck.argumentType(overload.method(), argument));
          written.add(overload.method().written());
        }
        if (types.size() > 1) {
          report.problem(
              place,
              overloads.get(0).owner().written()
                  + " has overloads that differ in arg["
                  + argument
                  + "], which the rule reads; write the one that is meant: "
                  + String.join(" or ", written));
          unclear.add(argument);
          return;
        }
      }
    }
  }

  private void values(Part part, Value value, List<Target> woven, RuleReport report, Origin place) {
    text(value, report);
    List<Walk> walks = new ArrayList<>();
    List<Target> wrong = new ArrayList<>();
    List<Target> right = new ArrayList<>();
    for (Target target : woven) {
      List<Walk> found = values.of(part, value, target);
      walks.addAll(found);
      boolean fails = found.stream().anyMatch(walk -> walk.error() != null);
      (fails ? wrong : right).add(target);
    }
    tell(value, walks, report, place, overloads(wrong, right));
  }

  /** Returns advice if a path is wrong for some overloads of a method only, else nothing. */
  private static String overloads(List<Target> wrong, List<Target> right) {
    Set<String> fails = new TreeSet<>();
    Set<String> fits = new TreeSet<>();
    for (Target one : wrong) {
      for (Target other : right) {
        if (one.owner().name().equals(other.owner().name())
            && one.method().name().equals(other.method().name())) {
          fails.add(one.method().written());
          fits.add(other.method().written());
        }
      }
    }
    return fails.isEmpty()
        ? ""
        : " (so it is for "
            + String.join(" and ", fails)
            + " only; among the methods, write the overload that is meant, as in "
            + String.join(" or ", fits)
            + ")";
  }

  /** Tells a value that the rule states, so that people see a path that was taken for a text. */
  private static void text(Value value, RuleReport report) {
    if (value.expression() instanceof Expression.Literal literal) {
      report.line(value.key() + ": the text \"" + literal.value() + "\"");
    }
  }

  private static void tell(
      Value value, List<Walk> walks, RuleReport report, Origin place, String advice) {
    Set<String> types = new TreeSet<>();
    for (Walk walk : walks) {
      if (walk.error() != null) {
        report.problem(place, value.key() + ": " + walk.error() + advice);
      } else if (walk.unsure() != null) {
        report.line(value.key() + ": cannot be checked, as " + walk.unsure());
      } else if (walk.type() != null) {
        types.add(walk.type().written());
      }
    }
    for (String type : types) {
      report.line(value.key() + ": a " + type);
    }
  }
}
