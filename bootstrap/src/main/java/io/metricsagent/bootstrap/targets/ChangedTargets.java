package io.metricsagent.bootstrap.targets;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the front door's targets while the application runs, and has the loaded classes that are
 * concerned woven again. The front door must have been added to the JVM as a transformer that can
 * retransform. Used by one thread.
 *
 * <p>A retransformation begins with the class as it was before the front door wove it, so a class
 * that is no target any more gets that code back. Calls that are under way go on in the old code.
 */
public final class ChangedTargets {
  /** How many classes are transformed together: for each such step, the JVM stops all threads. */
  static final int BATCH = 16;

  private final Instrumentation jvm;
  private final TargetTransformer door;
  private final LoadedTargets loaded;

  /** Prepares to change the targets of a front door. */
  public ChangedTargets(Instrumentation jvm, TargetTransformer door) {
    this.jvm = jvm;
    this.door = door;
    loaded = new LoadedTargets(jvm, door);
  }

  /**
   * Replaces the targets for classes that are loaded from now on, and has those woven again that
   * are loaded.
   *
   * @param all all targets from now on; must not change any more
   * @param changed the targets that are new or gone, or whose rules have changed
   * @return how many classes were woven again
   */
  public int replace(TargetNames all, TargetNames changed) {
    Class<?>[] classes = jvm.getAllLoadedClasses();
    door.replace(all, loaded.among(classes, all, null));
    return weaveAgain(loaded.among(classes, changed, null));
  }

  /**
   * Has the loaded classes that are concerned woven once more. A class whose loading was under way
   * while the targets were replaced may have been decided by the old ones, and was not among the
   * loaded classes yet; so this method is called some time later.
   *
   * @param changed as in {@link #replace}
   */
  public void weaveLate(TargetNames changed) {
    weaveAgain(loaded.among(jvm.getAllLoadedClasses(), changed, null));
  }

  private int weaveAgain(List<Class<?>> classes) {
    int done = 0;
    for (int from = 0; from < classes.size(); from += BATCH) {
      int to = Math.min(from + BATCH, classes.size());
      done += loaded.retransform(new ArrayList<>(classes.subList(from, to)));
    }
    return done;
  }
}
