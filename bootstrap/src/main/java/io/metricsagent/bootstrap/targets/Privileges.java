package io.metricsagent.bootstrap.targets;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Lets the agent do what it may where it is called by code that may not: a security manager asks
 * all callers of a thread. Stateless.
 */
@SuppressWarnings("removal") // there are no security managers from 24 on
public final class Privileges {
  private static final boolean MAY_BE_ASKED = Runtime.version().feature() < 24;

  private Privileges() {}

  /** Returns whether there is somebody who asks. */
  public static boolean areAsked() {
    return MAY_BE_ASKED && System.getSecurityManager() != null;
  }

  /** Does something whatever the callers may do. */
  public static <T> T with(PrivilegedAction<T> action) {
    return AccessController.doPrivileged(action);
  }
}
