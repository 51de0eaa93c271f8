package com.example.pekko;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.ActorSystem;

/**
 * Runs all scenarios. The threads of the actors are daemons, so the end of main ends the process.
 */
public final class PekkoApp {
  private static final String CONFIG =
      """
      pekko.daemonic = on
      pekko.loglevel = OFF
      pekko.stdout-loglevel = OFF
      pekko.log-dead-letters = off
      room-for-two {
        mailbox-type = "org.apache.pekko.dispatch.BoundedMailbox"
        mailbox-capacity = 2
        mailbox-push-timeout-time = 0s
      }
      """;

  private PekkoApp() {}

  public static void main(String[] args) throws Exception {
    ActorSystem system =
        ActorSystem.create(
            "app", ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.load()));
    Scenarios classic = new Scenarios(system);
    classic.plain();
    classic.twins();
    classic.failing();
    classic.stopped();
    classic.bounded();
    classic.stashing();
    classic.dropping();
    classic.balanced();
    classic.asked();
    classic.late();
    classic.many();
    classic.churned();
    classic.busy();
    TypedScenarios typed = new TypedScenarios(system);
    typed.orders();
    typed.supervised();
    typed.unsupervised();
    typed.stashing();
    typed.stashingAndStopping();
    typed.stashingAndFailing();
    typed.sessions();
    System.out.println("done");
  }
}
