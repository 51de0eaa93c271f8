package io.metricsagent.bootstrap.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** A target in a package that is never looked at would have no subtypes. */
class LibraryPackagesAndRulesTest {
  @Test
  void noTypeWithMeasuredSubtypesIsInAPackageThatIsSkipped() {
    for (InstrumentationModule module : ServiceLoader.load(InstrumentationModule.class)) {
      for (Rule rule : module.rules()) {
        if (rule.subtypes()) {
          assertThat(LibraryPackages.contains(rule.type().replace('.', '/')))
              .as(rule.type())
              .isFalse();
        }
      }
    }
  }
}
