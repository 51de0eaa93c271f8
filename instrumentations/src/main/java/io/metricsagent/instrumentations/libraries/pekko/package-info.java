/**
 * The mailboxes of actors of Pekko and of Akka, which have the same classes in other packages.
 * Actors are counted by their class. This is off unless a setting says otherwise, because
 * applications may send millions of messages a second.
 */
package io.metricsagent.instrumentations.libraries.pekko;
