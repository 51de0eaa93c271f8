package io.metricsagent.agent.flush;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Registers beans with the platform's MBean server. A class of its own, so that no class of JMX is
 * loaded before the first flush. Stateless.
 */
final class PlatformJmx {
  private PlatformJmx() {}

  static void register(AgentMXBean bean) throws JMException {
    ManagementFactory.getPlatformMBeanServer()
        .registerMBean(bean, new ObjectName("io.metricsagent:type=Agent"));
  }
}
