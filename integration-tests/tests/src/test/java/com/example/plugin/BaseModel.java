package com.example.plugin;

/** The base class of models. */
public abstract class BaseModel implements Model {}
