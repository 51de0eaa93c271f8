/** Classes with the names of the library's, for tests. */
package akka.actor;
