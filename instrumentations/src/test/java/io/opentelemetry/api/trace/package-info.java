/** A stand-in for OpenTelemetry's API, which the unit tests do without. */
package io.opentelemetry.api.trace;
