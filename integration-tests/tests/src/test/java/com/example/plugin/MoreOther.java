package com.example.plugin;

/** One that is below another. */
public abstract class MoreOther extends Other {}
