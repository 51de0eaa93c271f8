package com.example.loaders;

import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Loads the plugin as a bundle of the OSGi framework on the class path. */
public final class OsgiApp {
  private static final int PATIENCE_MILLIS = 20_000;

  private OsgiApp() {}

  /** Runs the application; the argument is the jar of the plugin. */
  public static void main(String[] args) throws Exception {
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).iterator().next();
    Framework framework =
        factory.newFramework(
            Map.of(
                "org.osgi.framework.storage", "osgi",
                "felix.bootdelegation.implicit", "false",
                "osgi.compatibility.bootdelegation", "false",
                "osgi.context.bootdelegation", "false"));
    framework.start();
    Bundle bundle =
        framework.getBundleContext().installBundle(Plugin.jar(args[0]).toExternalForm());
    Plugin.ask(bundle.loadClass(Plugin.MODEL));
    framework.stop();
    framework.waitForStop(PATIENCE_MILLIS);
  }
}
