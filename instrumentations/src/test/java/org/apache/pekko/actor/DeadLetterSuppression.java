package org.apache.pekko.actor;

/** Marks messages whose loss means nothing. */
public interface DeadLetterSuppression {}
