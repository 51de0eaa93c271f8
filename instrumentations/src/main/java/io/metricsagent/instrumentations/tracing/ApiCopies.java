package io.metricsagent.instrumentations.tracing;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The copies of a class of OpenTelemetry's API that the application uses: its own, or that of
 * OpenTelemetry's agent. A copy is not called before the application has used a context, since the
 * first call fixes how contexts are stored. Thread-safe.
 *
 * @param <M> the methods of the class to call
 */
public final class ApiCopies<M> {
  // The prefix "io." is added at run time: in a constant, the packaging would replace it by the
  // package of the agent's own copy.
  private static final String CONTEXT = "opentelemetry.context.Context";

  private final String type;
  private final ClassValue<M> ofClass;

  /** All copies of the class that were loaded. */
  private final List<ApiCopy<M>> copies = new ArrayList<>();

  /** The loaders of the contexts that are in use. */
  private final List<WeakReference<ClassLoader>> users = new ArrayList<>();

  /** The contexts that were loaded before the agent and not used so far, or {@code null}. */
  private volatile UnusedContexts[] unused;

  /** The copies that may be called, or {@code null} as long as none is in use or may be. */
  private volatile ApiCopy<M>[] asked;

  /** Contexts of a loader, and what tells whether they are in use. */
  private record UnusedContexts(WeakReference<ClassLoader> loader, BooleanSupplier inUse) {}

  /**
   * Makes an instance that has not found any copy yet.
   *
   * @param type the name of the class without {@code io.}
   * @param ofClass makes the methods to call; {@code null} for a class that lacks them
   */
  public ApiCopies(String type, ClassValue<M> ofClass) {
    this.type = type;
    this.ofClass = ofClass;
  }

  /** A loader has loaded a copy of the class, or is about to. */
  public synchronized void loads(ClassLoader loader) {
    add(new ApiCopy<>(ofClass, "io.".concat(type), "io.".concat(CONTEXT), loader));
  }

  /** The application has used the contexts of a copy, or is about to. */
  public synchronized void usesContexts(ClassLoader loader) {
    for (Iterator<WeakReference<ClassLoader>> i = users.iterator(); i.hasNext(); ) {
      if (i.next().refersTo(null)) {
        i.remove();
      }
    }
    users.add(new WeakReference<>(loader));
    publish();
  }

  /** The application has loaded the contexts of a copy, perhaps without ever using them. */
  public synchronized void willUseContexts(ClassLoader loader, BooleanSupplier inUse) {
    List<UnusedContexts> all =
        unused == null ? new ArrayList<>() : new ArrayList<>(List.of(unused));
    all.add(new UnusedContexts(new WeakReference<>(loader), inUse));
    unused = all.toArray(new UnusedContexts[0]);
    publish();
  }

  /** Looks whether contexts are in use that were not before. */
  private void lookAt(UnusedContexts[] contexts) {
    for (UnusedContexts each : contexts) {
      if (each.inUse().getAsBoolean()) {
        use(each);
      }
    }
  }

  private synchronized void use(UnusedContexts contexts) {
    List<UnusedContexts> others = new ArrayList<>(List.of(unused));
    if (others.remove(contexts)) { // else another thread has noticed it too
      unused = others.isEmpty() ? null : others.toArray(new UnusedContexts[0]);
      ClassLoader loader = contexts.loader().get();
      if (loader != null) {
        usesContexts(loader);
      }
    }
  }

  /**
   * Looks for OpenTelemetry's agent where it puts its copy: in the bootstrap loader. That agent
   * uses contexts from its start.
   */
  public synchronized void findOtherAgent() {
    String name = "io.".concat("opentelemetry.javaagent.shaded.io.").concat(type);
    try {
      Class.forName(name, false, null);
      add(new ApiCopy<>(ofClass, name, null, null));
    } catch (ClassNotFoundException | LinkageError e) {
      // OpenTelemetry's agent is not in this JVM.
    }
  }

  private void add(ApiCopy<M> copy) {
    for (Iterator<ApiCopy<M>> i = copies.iterator(); i.hasNext(); ) {
      ApiCopy<M> other = i.next();
      if (other.isSameAs(copy)) {
        return;
      }
      if (other.isGone()) {
        i.remove();
      }
    }
    copies.add(copy);
    publish();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic class
  private void publish() {
    List<ApiCopy<M>> inUse = new ArrayList<>();
    for (ApiCopy<M> copy : copies) {
      if (copy.mayBeAsked(users)) {
        inUse.add(copy);
      }
    }
    asked = inUse.isEmpty() && unused == null ? null : inUse.toArray(new ApiCopy[0]);
  }

  /** Returns whether no copy is in use, nor may be by now. */
  public boolean areUnused() {
    return asked == null;
  }

  /** Returns the copies that may be called, or {@code null}; the array must not be changed. */
  public ApiCopy<M>[] inUse() {
    if (asked == null) {
      return null;
    }
    UnusedContexts[] contexts = unused;
    if (contexts != null) {
      lookAt(contexts);
    }
    return asked;
  }
}
