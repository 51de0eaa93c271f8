package io.metricsagent.exporters.otlp;

import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;

/** Chooses what carries OTLP over HTTP, by the JVM's settings of proxies. Stateless. */
final class Proxies {
  private static final String MODULE = "java.net.http";

  private Proxies() {}

  /**
   * Returns the way to a receiver.
   *
   * @throws IllegalStateException if there is a proxy, and this runtime lacks what it takes
   */
  static Wire wire(HttpSenderConfig config) {
    if (!isNeededFor(config.getEndpoint())) {
      return new HttpWire(config);
    }
    // ProxiedHttpWire is not even loaded without the module.
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      throw new IllegalStateException(
          "the JVM's settings name a proxy for "
              + config.getEndpoint().getHost()
              + ", which takes the module "
              + MODULE
              + ", and this Java runtime lacks it; make the runtime with --add-modules "
              + MODULE
              + ", or except the receiver in http.nonProxyHosts");
    }
    return new ProxiedHttpWire(config);
  }

  /** Settings such as {@code https.proxyHost} put a proxy in between. */
  private static boolean isNeededFor(URI endpoint) {
    ProxySelector selector = ProxySelector.getDefault();
    return selector != null
        && selector.select(endpoint).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }
}
