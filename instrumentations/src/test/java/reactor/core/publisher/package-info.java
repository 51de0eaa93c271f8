/** A stand-in for Reactor, which the unit tests do without. */
package reactor.core.publisher;
