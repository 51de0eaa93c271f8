package io.metricsagent.bootstrap.targets;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Lets the agent use its own permissions when code without these permissions calls it: a security
 * manager checks all callers on the stack. Stateless.
 */
@SuppressWarnings("removal") // Java 24 and later have no security managers
public final class Privileges {
  private static final boolean MAY_BE_ASKED = Runtime.version().feature() < 24;

  private Privileges() {}

  /** Returns whether there is a security manager. */
  public static boolean areAsked() {
    return MAY_BE_ASKED && System.getSecurityManager() != null;
  }

  /** Runs an action with the agent's permissions, whatever those of its callers are. */
  public static <T> T with(PrivilegedAction<T> action) {
    return AccessController.doPrivileged(action);
  }
}
