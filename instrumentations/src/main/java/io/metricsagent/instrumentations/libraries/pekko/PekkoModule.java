package io.metricsagent.instrumentations.libraries.pekko;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.ArrayList;
import java.util.List;

/**
 * The actors of Pekko and of Akka. A message leaves its mailbox and is handled in one step of the
 * same thread, so the method that handles it is woven, and not the one that takes it out.
 */
@AutoService(InstrumentationModule.class)
public final class PekkoModule extends RuleTable<ActorTracker> {
  private static final String ROOT = "org.apache.pekko.";
  private static final String MAILBOX = ROOT + "dispatch.Mailbox";
  private static final String ENVELOPE = ROOT + "dispatch.Envelope";
  private static final String CELL = ROOT + "actor.ActorCell";
  private static final String REFERENCE = ROOT + "actor.ActorRef";
  private static final String STASH_SUPPORT = ROOT + "actor.StashSupport";
  private static final String TYPED = ROOT + "actor.typed.";
  private static final String STASH_BUFFER = TYPED + "internal.StashBufferImpl";
  private static final String BEHAVIOR = TYPED + "Behavior";

  /** How compilers call a private method that an inner class calls: with the class's own name. */
  private static final String DROP_HEAD =
      "actor$typed$internal$StashBufferImpl$$dropHeadForUnstash";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<ActorTracker> {
    ENQUEUE(forClass(MAILBOX, method("enqueue", "void", REFERENCE, ENVELOPE))),
    DISPATCH(
        forClass(
            ROOT + "dispatch.BalancingDispatcher", method("dispatch", "void", CELL, ENVELOPE))),
    UNSTASH(forClass(STASH_SUPPORT, method("enqueueFirst", "void", ENVELOPE))),
    STASH(forClass(STASH_SUPPORT, method("stash", "void"))),
    RECEIVE(forClass(CELL, method("invoke", "void", ENVELOPE))),
    FAILURE(
        forClass(
            CELL,
            method(
                "handleInvokeFailure",
                "void",
                "scala.collection.immutable.Iterable",
                "java.lang.Throwable")),
        forClass(
            TYPED + "internal.AbstractSupervisor",
            method("isInstanceOfTheThrowableClass", "boolean", "java.lang.Throwable"))),
    CLEAN_UP(forClass(MAILBOX, method("cleanUp", "void"))),
    DROP(
        forClass(
            ROOT + "dispatch.Mailboxes",
            method("onDeadLetterMailboxEnqueue", "void", REFERENCE, ENVELOPE))),
    DEAD_LETTER(
        forClass(
            ROOT + "actor.DeadLetterActorRef",
            method("$bang", "void", "java.lang.Object", REFERENCE))),
    BUFFER(forClass(STASH_BUFFER, method("stash", STASH_BUFFER, "java.lang.Object"))),
    UNBUFFER(
        forClass(
            STASH_BUFFER,
            method("unstashAll", BEHAVIOR, BEHAVIOR),
            method("unstash", BEHAVIOR, BEHAVIOR, "int", "scala.Function1"),
            method("unstash", BEHAVIOR, BEHAVIOR, "int", "java.util.function.Function"))),
    NEXT_OF_BUFFER(
        forClass(STASH_BUFFER, method(ROOT.replace('.', '$') + DROP_HEAD, STASH_BUFFER + "$Node"))),
    CLEAR_BUFFER(forClass(STASH_BUFFER, method("clear", "void")));

    private final List<Rule> rules;

    Rules(Rule... ofPekko) {
      List<Rule> both = new ArrayList<>(List.of(ofPekko));
      for (Rule rule : ofPekko) {
        both.add(rule.moved(ROOT, ActorTracker.OF_AKKA));
      }
      rules = List.copyOf(both);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, ActorTracker tracker) {
      return switch (this) {
        case ENQUEUE -> new PutHandler(tracker, PutHandler.Place.MAILBOX);
        case DISPATCH -> new PutHandler(tracker, PutHandler.Place.SHARED_QUEUE);
        case UNSTASH -> new PutHandler(tracker, PutHandler.Place.STASH);
        case STASH -> new StashHandler();
        case RECEIVE -> new ReceiveHandler(tracker);
        case FAILURE -> new FailureHandler();
        case CLEAN_UP -> new CleanUpHandler(tracker);
        case DROP -> new DropHandler();
        case DEAD_LETTER -> new DeadLetterHandler(tracker);
        case BUFFER -> new TypedStashHandler(tracker, TypedStashHandler.Of.STASH);
        case UNBUFFER -> new TypedStashHandler(tracker, TypedStashHandler.Of.UNSTASH);
        case NEXT_OF_BUFFER -> new TypedStashHandler(tracker, TypedStashHandler.Of.NEXT);
        case CLEAR_BUFFER -> new TypedStashHandler(tracker, TypedStashHandler.Of.CLEAR);
      };
    }
  }

  @Override
  public String name() {
    return "pekko";
  }

  @Override
  public boolean isOptIn() {
    return true;
  }

  @Override
  public List<? extends Row<ActorTracker>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected ActorTracker shared(Telemetry telemetry) {
    return new ActorTracker(telemetry.registry(), System::nanoTime);
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Pekko actors",
            "org.apache.pekko:pekko-actor_2.13",
            List.of("1.0.1", "1.7.0"),
            "only with `metrics.agent.actors.enabled=true`, by the actor's class: received, age,"
                + " delivery count, acknowledged by being handled, given back by being stashed,"
                + " dead-lettered (failed, left in the mailbox of a stopped actor, no room in a"
                + " bounded one), depth, oldest message; typed actors by their path, with their"
                + " `StashBuffer`"),
        new Coverage(
            "Akka actors",
            "com.typesafe.akka:akka-actor_2.13",
            List.of("2.6.21", "2.8.8"),
            "the same"));
  }
}
