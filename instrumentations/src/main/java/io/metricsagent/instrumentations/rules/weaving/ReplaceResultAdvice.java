package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.probe.Probe;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * As {@link CallAdvice}, and the result may be replaced, such as a stream by one that is watched.
 */
final class ReplaceResultAdvice {
  private ReplaceResultAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(
      @SiteNumber int site,
      @Advice.This(optional = true) Object self,
      @Arg0 Object arg0,
      @Arg1 Object arg1,
      @Arg2 Object arg2) {
    return Probe.enter(site, self, arg0, arg1, arg2);
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
  @SuppressWarnings({
    "UnusedVariable",
    "ParameterReassignment"
  }) // the assignment is to the woven method's result
  static void exit(
      @SiteNumber int site,
      @Advice.Enter Object token,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result,
      @Advice.Thrown Throwable thrown) {
    result = Probe.exit(site, token, result, thrown);
  }
}
