package io.metricsagent.instrumentations.calls;

/** A request of a protocol, sent or received. */
public final class ExchangeFrame extends Frame {
  private Object exchange;
  private String tool;

  ExchangeFrame(FrameStack stack) {
    super(stack);
  }

  void begin(long now, Frame newParent, Object newExchange, String newTool) {
    ready();
    exchange = newExchange;
    tool = newTool;
    hold(now, newParent, null);
  }

  /** Returns the handler's own object for the request; {@code null} after the end. */
  public Object exchange() {
    return exchange;
  }

  /** Returns the tool that a server ran for the request, or {@code null}. */
  public String tool() {
    return tool;
  }

  @Override
  public void toolServed(String newTool) {
    tool = newTool;
  }

  @Override
  void letGo() {
    exchange = null;
  }
}
