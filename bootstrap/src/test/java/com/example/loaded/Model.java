package com.example.loaded;

/** A target whose subtypes are targets too. */
public interface Model {
  /** A subtype that no setting names. */
  final class Fast implements Model {}

  /** A subtype that is loaded later. */
  final class Late implements Model {}

  /** No target. */
  final class Other {}
}
