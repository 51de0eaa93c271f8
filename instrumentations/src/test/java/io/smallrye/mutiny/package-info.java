/** What the agent calls of Mutiny, made up for tests. */
package io.smallrye.mutiny;
