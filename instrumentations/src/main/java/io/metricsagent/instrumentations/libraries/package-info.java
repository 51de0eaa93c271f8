/**
 * One folder a library: its rules, and decoders of its objects. No folder uses another one; what
 * several libraries have in common is in {@code shared}.
 */
package io.metricsagent.instrumentations.libraries;
