package io.metricsagent.instrumentations.rules.weaving.classfile;

/**
 * A class file in which the code of some methods is replaced. Everything else is copied byte by
 * byte, the constants too, to which some are added.
 *
 * <p>A general writer reads all constants and all members first, one character after another, to
 * find the constants that it needs a second time. While the application starts, nothing of it is
 * compiled, and that is most of the time that weaving takes. Not thread-safe.
 */
public final class ClassPatch {
  private final ClassFile file;
  private final AddedConstants constants;
  private final Bytes behindConstants;

  /** How much of the file is copied. */
  private int copied;

  /** Prepares a patch that changes nothing yet. */
  public ClassPatch(ClassFile file) {
    this.file = file;
    constants = new AddedConstants(file);
    behindConstants = new Bytes(file.bytes().length);
    copied = file.header();
  }

  /**
   * Returns the code of a method, to be patched before that of the next one. Methods are patched in
   * the order of the file.
   *
   * @param method the place of the method, which has code
   * @param initialLocals the variables at the beginning of the method, in the form of a frame
   */
  public CodePatch code(int method, Object[] initialLocals) {
    return new CodePatch(file, constants, method, initialLocals);
  }

  /**
   * Replaces the code of a method.
   *
   * @throws Unpatchable if the new code does not fit
   */
  public void replace(CodePatch code) {
    behindConstants.copy(file.bytes(), copied, code.start());
    code.writeTo(behindConstants);
    copied = code.end();
  }

  /** Returns the new class file. */
  public byte[] toByteArray() {
    byte[] bytes = file.bytes();
    behindConstants.copy(bytes, copied, bytes.length);
    Bytes out = new Bytes(behindConstants.size() + file.header() + 1024);
    out.copy(bytes, 0, ClassFile.firstConstant() - 2);
    constants.writeTo(out);
    out.copy(behindConstants);
    return out.toByteArray();
  }
}
