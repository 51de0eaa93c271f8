/** A stand-in for OpenTelemetry's contexts, which the unit tests do without. */
package io.opentelemetry.context;
