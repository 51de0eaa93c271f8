package io.metricsagent.agent.architecture.samples.first;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Makes a proxy that nothing guards. */
final class ProxyMaker implements InvocationHandler {
  Object make() {
    return Proxy.newProxyInstance(null, new Class<?>[] {Runnable.class}, this);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) {
    return null;
  }
}
