/** A stand-in for OpenTelemetry's contexts, which are not on the class path of the unit tests. */
package io.opentelemetry.context;
