package com.example.loaders;

import java.net.URL;
import java.net.URLClassLoader;

/** Gives a loader the jar of the plugin after it has loaded something else. */
public final class LateApp {
  private LateApp() {}

  /**
   * Runs the application; the arguments are the jar of another plugin and the jar of the plugin.
   */
  public static void main(String[] args) throws Exception {
    try (Loader loader = new Loader(Plugin.jar(args[0]))) {
      loader.loadClass(Plugin.MORE_OTHER);
      loader.addURL(Plugin.jar(args[1]));
      Plugin.ask(loader.loadClass(Plugin.MODEL));
    }
  }

  private static final class Loader extends URLClassLoader {
    static {
      registerAsParallelCapable();
    }

    Loader(URL jar) {
      super(new URL[] {jar});
    }

    @Override
    protected void addURL(URL url) {
      super.addURL(url);
    }
  }
}
