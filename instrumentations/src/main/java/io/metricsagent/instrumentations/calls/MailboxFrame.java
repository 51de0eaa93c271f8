package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** A call of a mailbox. */
public final class MailboxFrame extends Frame {
  private SiteHandler owner;
  private Object argument;
  private boolean recordedWithin;

  MailboxFrame(FrameStack stack) {
    super(stack);
  }

  void begin(Frame newParent, SiteHandler newOwner, Object newSelf, Object newArgument) {
    owner = newOwner;
    argument = newArgument;
    recordedWithin = false;
    hold(newParent, newSelf);
  }

  /** Returns whether the call belongs to {@code handler}, whose nested calls count as one. */
  boolean isOf(SiteHandler handler) {
    return owner == handler;
  }

  /** Returns the argument that the handler kept, or {@code null}. */
  public Object argument() {
    return argument;
  }

  /** Returns whether an inner call of the same handler was recorded in place of this one. */
  boolean isRecordedWithin() {
    return recordedWithin;
  }

  /**
   * Tells the call around this one that something was recorded, if that call has the same handler.
   */
  void tellOuter() {
    if (parent instanceof MailboxFrame outer && outer.isOf(owner)) {
      outer.recordedWithin = true;
    }
  }

  @Override
  void letGo() {
    argument = null;
  }
}
