/** A store for the broker, in the package whose methods it has to override. */
package org.apache.bookkeeper.client;
