package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.probe.ProbeSink;
import io.metricsagent.bootstrap.targets.Privileges;

/**
 * A sink whose handlers run with the agent's permissions, so that they can read classes that their
 * callers cannot. Code of the application that a handler calls still has no more permissions than
 * the application. Only for a JVM with a security manager, because this sink allocates.
 * Thread-safe.
 */
public final class PrivilegedSink implements ProbeSink {
  private final ProbeSink sink;

  /** Wraps a sink. */
  public PrivilegedSink(ProbeSink sink) {
    this.sink = sink;
  }

  @Override
  public Object enter(int site, Object self, Object arg0, Object arg1, Object arg2) {
    return Privileges.with(() -> sink.enter(site, self, arg0, arg1, arg2));
  }

  @Override
  public Object enterSuspending(
      int site, Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
    return Privileges.with(() -> sink.enterSuspending(site, self, arg0, arg1, arg2, continuation));
  }

  @Override
  public Object replaceArgument(int site, Object token, Object argument) {
    return Privileges.with(() -> sink.replaceArgument(site, token, argument));
  }

  @Override
  public Object exit(int site, Object token, Object result, Throwable thrown) {
    return Privileges.with(() -> sink.exit(site, token, result, thrown));
  }

  @Override
  public Object followArgument(int site, Object token, Object argument, Class<?> declared) {
    return Privileges.with(() -> sink.followArgument(site, token, argument, declared));
  }

  @Override
  public Object returned(int site, Object token, Object result, Class<?> declared) {
    return Privileges.with(() -> sink.returned(site, token, result, declared));
  }

  @Override
  public void failed(int site, Throwable fault) {
    sink.failed(site, fault);
  }
}
