package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Site;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.NullConstant;

/** Chooses the advice of a rule and binds its parameters to a method. Stateless. */
final class AdviceTemplates {
  private static final ClassFileLocator AGENT =
      ClassFileLocator.ForClassLoader.of(AdviceTemplates.class.getClassLoader());

  private AdviceTemplates() {}

  static Advice advice(Site site, MethodDescription.InDefinedShape method) {
    Rule rule = site.rule();
    Advice.WithCustomMapping mapping =
        Advice.withCustomMapping()
            .bind(SiteNumber.class, site.number())
            .bind(new Advice.OffsetMapping.Factory.Simple<>(Arg0.class, new ObjectArgument(0)))
            .bind(new Advice.OffsetMapping.Factory.Simple<>(Arg1.class, new ObjectArgument(1)))
            .bind(new Advice.OffsetMapping.Factory.Simple<>(Arg2.class, new ObjectArgument(2)));
    if (rule.replacedArgument() >= 0) {
      return mapping
          .bind(
              new Advice.OffsetMapping.ForArgument.Resolved.Factory<>(
                  ReplacedArg.class,
                  method.getParameters().get(rule.replacedArgument()),
                  false,
                  Assigner.Typing.DYNAMIC))
          .to(ReplaceArgumentAdvice.class, AGENT);
    }
    return mapping.to(rule.replacesResult() ? ReplaceResultAdvice.class : CallAdvice.class, AGENT);
  }

  /**
   * An argument as an object: null where the method has none at that place or a primitive, which is
   * never boxed for us.
   */
  private record ObjectArgument(int index) implements Advice.OffsetMapping {
    @Override
    public Target resolve(
        TypeDescription instrumentedType,
        MethodDescription instrumentedMethod,
        Assigner assigner,
        Advice.ArgumentHandler argumentHandler,
        Sort sort) {
      if (index >= instrumentedMethod.getParameters().size()
          || instrumentedMethod.getParameters().get(index).getType().isPrimitive()) {
        return new Target.ForStackManipulation(NullConstant.INSTANCE);
      }
      return new Target.ForVariable.ReadOnly(
          instrumentedMethod.getParameters().get(index).getType(),
          argumentHandler.argument(instrumentedMethod.getParameters().get(index).getOffset()),
          StackManipulation.Trivial.INSTANCE);
    }
  }
}
