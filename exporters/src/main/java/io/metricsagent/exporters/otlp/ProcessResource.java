package io.metricsagent.exporters.otlp;

import io.metricsagent.exporters.ContainerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds facts about this process and its environment, by the names of OpenTelemetry's resource
 * conventions. It reads files and may ask DNS, so it must not be called on an application's thread.
 * Stateless.
 */
public final class ProcessResource {
  /** An attribute that is a number. */
  static final String PID = "process.pid";

  /** The environment variables to which Kubernetes' downward API is usually mapped. */
  private static final Map<String, String> KUBERNETES =
      Map.of(
          "K8S_POD_NAME", "k8s.pod.name",
          "K8S_POD_UID", "k8s.pod.uid",
          "K8S_NAMESPACE_NAME", "k8s.namespace.name",
          "K8S_NODE_NAME", "k8s.node.name",
          "K8S_CONTAINER_NAME", "k8s.container.name",
          "K8S_DEPLOYMENT_NAME", "k8s.deployment.name",
          "K8S_CLUSTER_NAME", "k8s.cluster.name");

  private ProcessResource() {}

  /** Returns the attributes of this process. */
  public static Map<String, String> detect() {
    return detect(System.getenv(), Path.of("/proc/self"));
  }

  static Map<String, String> detect(Map<String, String> environment, Path self) {
    Map<String, String> attributes = new LinkedHashMap<>();
    put(attributes, "host.name", hostName(environment));
    put(attributes, PID, Long.toString(ProcessHandle.current().pid()));
    put(attributes, "process.runtime.name", System.getProperty("java.runtime.name"));
    put(attributes, "process.runtime.version", System.getProperty("java.runtime.version"));
    put(
        attributes,
        "process.runtime.description",
        System.getProperty("java.vm.vendor")
            + " "
            + System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.vm.version"));
    put(attributes, "container.id", ContainerId.find(self));
    KUBERNETES.forEach((variable, name) -> put(attributes, name, environment.get(variable)));
    return attributes;
  }

  private static void put(Map<String, String> attributes, String name, String value) {
    if (value != null && !value.isBlank()) {
      attributes.put(name, value.trim());
    }
  }

  private static String hostName(Map<String, String> environment) {
    String name = environment.get("HOSTNAME");
    if (name != null && !name.isBlank()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
