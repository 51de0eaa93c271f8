/**
 * What several libraries have in common, a folder a subject. The folder of a library may use these
 * and the rooms above, but never the folder of another library.
 */
package io.metricsagent.instrumentations.libraries.shared;
