package io.metricsagent.instrumentations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class WovenMethodsTest {
  private final WovenMethods methods = new WovenMethods();
  private final ClassLoader one = new URLClassLoader(new URL[0]);
  private final ClassLoader other = new URLClassLoader(new URL[0]);

  @Test
  void aClassThatIsWovenAgainCountsOnce() {
    methods.of(one, "com/acme/A", 3);
    methods.of(one, "com/acme/B", 1);
    methods.of(one, "com/acme/A", 2);

    assertThat(methods.count()).isEqualTo(3);
  }

  @Test
  void theClassesOfTwoLoadersAreTwoClasses() {
    methods.of(one, "com/acme/A", 3);
    methods.of(other, "com/acme/A", 3);

    assertThat(methods.count()).isEqualTo(6);
  }
}
