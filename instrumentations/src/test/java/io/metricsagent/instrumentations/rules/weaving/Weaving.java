package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.OneRow;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Makes modules and a telemetry for tests of the weaver. */
final class Weaving {
  private Weaving() {}

  static Telemetry telemetry() {
    return new Telemetry(
        new Registry(
            new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test"),
            Clock.systemUTC(),
            () -> {}));
  }

  /** Returns a target for each method of a class. */
  static MethodTarget[] methodsOf(byte[] classFile, boolean constructors) {
    Set<MethodTarget> all = new LinkedHashSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String sig, String[] exceptions) {
                if (constructors || !name.equals(MethodTarget.CONSTRUCTOR)) {
                  all.add(new MethodTarget(name, descriptor));
                }
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return all.toArray(new MethodTarget[0]);
  }

  static InstrumentationModule module(Supplier<SiteHandler> handler, Rule... rules) {
    return new OneRow("rule", List.of(rules), handler);
  }
}
