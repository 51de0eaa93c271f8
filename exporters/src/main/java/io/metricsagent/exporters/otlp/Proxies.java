package io.metricsagent.exporters.otlp;

import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;

/** Chooses the {@link Wire} for OTLP over HTTP by the JVM's proxy settings. Stateless. */
final class Proxies {
  private static final String MODULE = "java.net.http";

  private Proxies() {}

  /**
   * Returns the wire to a receiver.
   *
   * @throws IllegalStateException if there is a proxy, and this runtime lacks the module for it
   */
  static Wire wire(HttpSenderConfig config) {
    if (!isNeededFor(config.getEndpoint())) {
      return new HttpWire(config);
    }
    // Without the module, ProxiedHttpWire must not even be loaded.
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

  /** Returns whether settings such as {@code https.proxyHost} name a proxy for the endpoint. */
  private static boolean isNeededFor(URI endpoint) {
    ProxySelector selector = ProxySelector.getDefault();
    return selector != null
        && selector.select(endpoint).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }
}
