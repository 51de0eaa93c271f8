package io.metricsagent.agent.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.targets.TargetWeaver;
import io.metricsagent.instrumentations.libraries.executors.ExecutorModule;
import io.metricsagent.instrumentations.rules.SiteTable;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Weaves the JDK's thread pools, if the setting says so. Their class may be loaded before any agent
 * starts, and in a loader whose classes the front door never sees, so it is retransformed by a
 * transformer of its own. That one stays, because each retransformation by any agent begins with
 * the original class file. Stateless but for what it weaves with; thread-safe.
 */
final class ThreadPools implements ClassFileTransformer {
  private final TargetWeaver weaver;

  /**
   * Found before the JVM has this transformer: within its own loading, nobody may name the class.
   */
  private final Class<?> type = ThreadPoolExecutor.class;

  private ThreadPools(TargetWeaver weaver) {
    this.weaver = weaver;
  }

  /** Adds the rules and weaves the class; if that fails, pools are not measured. */
  static void weave(Instrumentation jvm, SiteTable sites, TargetWeaver weaver) {
    sites.add(new ExecutorModule());
    ThreadPools pools = new ThreadPools(weaver);
    jvm.addTransformer(pools, true);
    try {
      jvm.retransformClasses(pools.type);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      jvm.removeTransformer(pools);
      failed(e);
    }
  }

  private static void failed(Throwable cause) {
    AgentLog.log(AgentLog.Level.WARN, "thread pools are not measured: " + cause, cause);
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String className,
      Class<?> loaded,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loaded != type) {
      return null;
    }
    try {
      return weaver.weave(module, loader, className, classFile, List.of());
    } catch (Throwable t) {
      failed(t);
      return null;
    }
  }
}
