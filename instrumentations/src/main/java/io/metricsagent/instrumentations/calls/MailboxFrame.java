package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.MailboxMetrics;

/** A call of a mailbox. */
public final class MailboxFrame extends Frame {
  private Object owner;
  private Object argument;
  private Object note;
  private boolean recordedWithin;
  private long begun;
  private MailboxMetrics mailbox;

  MailboxFrame(FrameStack stack) {
    super(stack);
  }

  void begin(long now, Frame newParent, Object newOwner, Object newSelf, Object newArgument) {
    ready();
    owner = newOwner;
    argument = newArgument;
    note = null;
    recordedWithin = false;
    begun = 0;
    mailbox = null;
    hold(now, newParent, newSelf);
  }

  /** Returns whether the call belongs to an owner, whose nested calls count as one. */
  boolean isOf(Object other) {
    return owner == other;
  }

  /** Returns the argument that was kept, or {@code null}. */
  public Object argument() {
    return argument;
  }

  /** Returns the owner of the call. */
  public Object owner() {
    return owner;
  }

  /** Notes what calls within this one tell the handler about it. */
  public void note(Object newNote) {
    note = newNote;
  }

  /** Returns what was noted last, or {@code null}. */
  public Object note() {
    return note;
  }

  /** Notes when the call began; 0 if it is not timed. */
  public void begunAt(long nanos) {
    begun = nanos;
  }

  /** Returns when the call began; 0 if it is not timed. */
  public long begun() {
    return begun;
  }

  /** Notes the queue of the call, which only calls within it may show. */
  public void of(MailboxMetrics queue) {
    mailbox = queue;
  }

  /** Returns the queue that was noted last, or {@code null}. */
  public MailboxMetrics mailbox() {
    return mailbox;
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
    note = null;
  }
}
