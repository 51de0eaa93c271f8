package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessResourceTest {
  private static final String ID =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @TempDir private Path self;

  @Test
  void theProcessAndItsRuntimeAreTold() {
    assertThat(ProcessResource.detect(Map.of("HOSTNAME", "host-1"), self))
        .containsEntry("host.name", "host-1")
        .containsEntry("process.pid", Long.toString(ProcessHandle.current().pid()))
        .containsEntry("process.runtime.version", System.getProperty("java.runtime.version"))
        .containsKeys("process.runtime.name", "process.runtime.description")
        .doesNotContainKeys("container.id", "k8s.pod.name");
  }

  @Test
  void aContainerIsKnownByItsControlGroupOrItsMounts() throws Exception {
    Files.writeString(self.resolve("cgroup"), "1:name=systemd:/docker/" + ID + "\n");
    assertThat(ProcessResource.detect(Map.of(), self)).containsEntry("container.id", ID);
    Files.writeString(
        self.resolve("cgroup"), "0::/kubepods.slice/cri-containerd-" + ID + ".scope\n");
    assertThat(ProcessResource.detect(Map.of(), self)).containsEntry("container.id", ID);
    Files.writeString(self.resolve("cgroup"), "0::/\n");
    Files.writeString(
        self.resolve("mountinfo"),
        "983 961 0:1 / / rw - overlay overlay rw\n"
            + "1 2 8:1 /var/lib/docker/containers/"
            + ID
            + "/hostname /etc/hostname rw - ext4\n");
    assertThat(ProcessResource.detect(Map.of(), self)).containsEntry("container.id", ID);
  }

  @Test
  void kubernetesIsToldByTheEnvironment() {
    assertThat(
            ProcessResource.detect(
                Map.of("K8S_POD_NAME", "shop-1", "K8S_NAMESPACE_NAME", "prod"), self))
        .containsEntry("k8s.pod.name", "shop-1")
        .containsEntry("k8s.namespace.name", "prod");
  }
}
