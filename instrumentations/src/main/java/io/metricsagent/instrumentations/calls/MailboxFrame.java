package io.metricsagent.instrumentations.calls;

/** A call of a mailbox. */
public final class MailboxFrame extends Frame {
  private Object owner;
  private Object argument;
  private boolean recordedWithin;

  MailboxFrame(FrameStack stack) {
    super(stack);
  }

  void begin(Frame newParent, Object newOwner, Object newSelf, Object newArgument) {
    owner = newOwner;
    argument = newArgument;
    recordedWithin = false;
    hold(newParent, newSelf);
  }

  /** Returns whether the call belongs to an owner, whose nested calls count as one. */
  boolean isOf(Object other) {
    return owner == other;
  }

  /** Returns the argument that was kept, or {@code null}. */
  public Object argument() {
    return argument;
  }

  /** Returns whether an inner call of the same owner was recorded in place of this one. */
  boolean isRecordedWithin() {
    return recordedWithin;
  }

  /**
   * Tells the call around this one that something was recorded, if that call has the same owner.
   */
  void tellOuter() {
    if (parent instanceof MailboxFrame outer && outer.isOf(owner)) {
      outer.recordedWithin = true;
    }
  }

  @Override
  void letGo() {
    owner = null;
    argument = null;
  }
}
