package com.example.plugin;

/** What models have in common. */
public abstract class BaseModel implements Model {}
