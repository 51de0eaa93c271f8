package com.example.loaders;

import java.util.jar.JarFile;
import org.jboss.modules.DependencySpec;
import org.jboss.modules.ModuleFinder;
import org.jboss.modules.ModuleLoader;
import org.jboss.modules.ModuleSpec;
import org.jboss.modules.ResourceLoaderSpec;
import org.jboss.modules.ResourceLoaders;

/** Loads the plugin as a module of JBoss Modules, as WildFly and Keycloak do. */
public final class JBossModulesApp {
  private JBossModulesApp() {}

  /** Runs the application; the argument is the jar of the plugin. */
  public static void main(String[] args) throws Exception {
    try (JarFile jar = new JarFile(args[0])) {
      ModuleFinder finder =
          (name, delegate) ->
              ModuleSpec.build(name)
                  .addResourceRoot(
                      ResourceLoaderSpec.createResourceLoaderSpec(
                          ResourceLoaders.createJarResourceLoader(jar)))
                  .addDependency(DependencySpec.OWN_DEPENDENCY)
                  .create();
      ModuleLoader loader = new ModuleLoader(finder);
      Plugin.ask(loader.loadModule("plugin").getClassLoader().loadClass(Plugin.MODEL));
    }
  }
}
