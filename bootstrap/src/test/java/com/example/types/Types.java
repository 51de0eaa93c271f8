package com.example.types;

/** Classes of an application, outside the packages that are never looked at. */
public final class Types {
  private Types() {}

  /** A target. */
  public interface Model {}

  /** Below the target. */
  public interface NamedModel extends Model {}

  /** Not below it. */
  public interface Plain {}

  /** Nor this. */
  public abstract static class Base implements Plain {}

  /** Below the target. */
  public static final class Direct implements Model {}

  /** Two steps below it. */
  public static final class Indirect implements NamedModel {}

  /** Not below it. */
  public static final class Neither extends Base {}

  /** Nor this. */
  public static final class OtherNeither extends Base {}
}
