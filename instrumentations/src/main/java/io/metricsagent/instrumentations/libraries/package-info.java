/**
 * One folder for each library, with its rules and the decoders of its objects. No folder uses
 * another library's folder; code that several libraries need is in {@code shared}.
 */
package io.metricsagent.instrumentations.libraries;
