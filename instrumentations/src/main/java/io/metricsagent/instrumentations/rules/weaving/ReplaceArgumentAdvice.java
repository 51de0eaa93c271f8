package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.probe.Probe;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * As {@link CallAdvice}, and an argument may be replaced, such as a callback by one that is
 * watched.
 */
final class ReplaceArgumentAdvice {
  private ReplaceArgumentAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  @SuppressWarnings({
    "UnusedVariable",
    "ParameterReassignment"
  }) // the assignment is to the woven method's argument
  static Object enter(
      @SiteNumber int site,
      @Advice.This(optional = true) Object self,
      @Arg0 Object arg0,
      @Arg1 Object arg1,
      @Arg2 Object arg2,
      @ReplacedArg Object replaced) {
    Object token = Probe.enter(site, self, arg0, arg1, arg2);
    replaced = Probe.replaceArgument(site, token, replaced);
    return token;
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
  static void exit(
      @SiteNumber int site,
      @Advice.Enter Object token,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result,
      @Advice.Thrown Throwable thrown) {
    Probe.exit(site, token, result, thrown);
  }
}
