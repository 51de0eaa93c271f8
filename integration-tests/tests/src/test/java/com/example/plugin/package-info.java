/** A plugin that applications of {@code com.example.loaders} load in ways of their own. */
package com.example.plugin;
