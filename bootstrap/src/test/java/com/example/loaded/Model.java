package com.example.loaded;

/** A target whose subtypes are targets too. */
public interface Model {
  /** A subtype that no setting names. */
  final class Fast implements Model {}

  /** No target. */
  final class Other {}
}
