package com.example.plugin;

/** A subclass of another class. */
public abstract class MoreOther extends Other {}
