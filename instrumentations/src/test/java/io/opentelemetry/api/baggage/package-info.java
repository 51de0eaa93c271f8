/** A stand-in for OpenTelemetry's API, which is not on the class path of the unit tests. */
package io.opentelemetry.api.baggage;
