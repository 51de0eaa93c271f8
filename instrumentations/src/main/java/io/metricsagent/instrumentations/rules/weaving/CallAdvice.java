package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.probe.Probe;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Advice that watches a call. Its bytes are inlined into the woven method and never run here; the
 * only class that it may name is {@link Probe}, which absorbs every fault.
 */
final class CallAdvice {
  private CallAdvice() {}

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
  static void exit(
      @SiteNumber int site,
      @Advice.Enter Object token,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result,
      @Advice.Thrown Throwable thrown) {
    Probe.exit(site, token, result, thrown);
  }
}
