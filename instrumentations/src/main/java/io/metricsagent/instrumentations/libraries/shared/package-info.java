/**
 * Code that several libraries use, in one folder for each subject. The folder of a library may use
 * these folders and the packages above {@code libraries}, but never the folder of another library.
 */
package io.metricsagent.instrumentations.libraries.shared;
