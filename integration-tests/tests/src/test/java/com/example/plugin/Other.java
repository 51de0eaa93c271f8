package com.example.plugin;

/** Another class of the plugin. */
public abstract class Other implements Comparable<Other> {}
