/** A stand-in for Reactor, which is not on the class path of the unit tests. */
package reactor.core.publisher;
