package com.example.loaders;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;

/** Loads a plugin by a loader that throws when it is asked for a resource. */
public final class ThrowingApp {
  private ThrowingApp() {}

  /** Runs the application; the argument is the jar of the plugin. */
  public static void main(String[] args) throws Exception {
    try (Loader loader = new Loader(Plugin.jar(args[0]))) {
      loader.loadClass(Plugin.MORE_OTHER);
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
    public URL getResource(String name) {
      throw new IllegalStateException("no resources here");
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      throw new IllegalStateException("no resources here");
    }
  }
}
