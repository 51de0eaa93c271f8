package com.example.work;

/** An arm of an experiment. */
record Experiment(String name) {}
