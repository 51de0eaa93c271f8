package io.metricsagent.bootstrap.loading;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permission;
import java.security.PermissionCollection;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.List;

/**
 * Loads {@code io.metricsagent.bootstrap} from its {@link Bundle}: the launcher, the front door and
 * the classes that all parts of the agent share. The comment of {@link AgentClassLoader} has a
 * picture of all loaders.
 *
 * <p>If these classes were ordinary entries of the jar, the application's loader could load them,
 * but it would search each jar of the class path first, and a security policy would have to grant
 * them permissions.
 *
 * <p>The two classes that the entry class uses are loaded with it, and are not loaded again here.
 */
public final class LauncherLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String OWN = "io.metricsagent.bootstrap.";

  /** The beginning of the names of the classes that are loaded with the entry class. */
  private static final String WITH_ENTRY_CLASS = "io.metricsagent.bootstrap.loading.Launcher";

  private static final ClassLoader ENTRY_CLASS = LauncherLoader.class.getClassLoader();

  private final Bundle bundle;
  private final ProtectionDomain domain;

  /**
   * Makes a loader.
   *
   * @param jar the agent's jar, which stays open
   * @throws IOException if the jar cannot be read
   */
  public LauncherLoader(File jar) throws IOException {
    super("metrics-agent-launcher", null); // asks the bootstrap loader first, like AgentClassLoader
    bundle = Bundle.open(jar, Bundle.LAUNCHER);
    domain = allPermissions();
  }

  /**
   * Returns the domain of the agent's classes. A security policy grants permissions by code
   * location, which classes in a bundle do not have. Public because {@link AgentClassLoader} is in
   * another loader.
   */
  public static ProtectionDomain allPermissions() {
    Permission all = new AllPermission();
    PermissionCollection permissions = all.newPermissionCollection();
    permissions.add(all);
    return new ProtectionDomain(new CodeSource(null, (Certificate[]) null), permissions);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OWN)) {
      return super.loadClass(name, resolve); // the bootstrap loader, then findClass
    }
    if (name.startsWith(WITH_ENTRY_CLASS)) {
      return Class.forName(name, false, ENTRY_CLASS);
    }
    Class<?> loaded = findLoadedClass(name);
    return loaded == null ? define(name) : loaded;
  }

  /**
   * Keeps no lock for each name: the JVM itself lets only one of several threads define a class.
   */
  @Override
  protected Object getClassLoadingLock(String name) {
    return new Object();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return ClassLoader.getPlatformClassLoader().loadClass(name);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    ByteBuffer bytes;
    try {
      bytes = bundle.find(name);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      return defineClass(name, bytes, domain);
    } catch (LinkageError e) {
      Class<?> meanwhile = findLoadedClass(name); // by another thread
      if (meanwhile == null) {
        throw e;
      }
      return meanwhile;
    }
  }

  /**
   * Links all classes of this loader. Only for a run in which the JVM writes an archive of classes.
   *
   * @return how many classes are linked
   * @throws IOException if the jar cannot be read
   */
  public int linkAll() throws IOException {
    return bundle.linkClasses(this, List.of(OWN));
  }

  /** Opens a file of the bundle. */
  @Override
  public InputStream getResourceAsStream(String name) {
    try {
      byte[] bytes = bundle.read(name);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      return null; // as the JDK's loaders do
    }
  }
}
