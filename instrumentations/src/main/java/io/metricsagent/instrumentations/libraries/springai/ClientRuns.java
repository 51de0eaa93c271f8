package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.RunDecoder;
import io.metricsagent.instrumentations.runs.RunHandler;

/** Names the runs of a {@code ChatClient}, and finds the id of the conversation. Immutable. */
class ClientRuns implements RunDecoder {
  /** The conversation id that an application gives to the advisors of its chat memory. */
  private static final Accessor CONVERSATION =
      Accessor.path("context().get(chat_memory_conversation_id)");

  private final String scenario;

  private ClientRuns(String scenario) {
    this.scenario = scenario;
  }

  /** Returns the handler of the methods that return an answer. */
  static SiteHandler ofCalls(Telemetry telemetry) {
    return new RunHandler(new ClientRuns("ChatClient.call"), telemetry);
  }

  /** Returns the handler of the method that returns a stream, and whose argument is the request. */
  static SiteHandler ofStreams(Telemetry telemetry) {
    return new RunHandler(streams(), telemetry);
  }

  private static RunDecoder streams() {
    return new ClientRuns("ChatClient.stream") {
      @Override
      public String conversation(Object self, Object request, Object arg1, Object arg2) {
        return conversationOf(request);
      }

      @Override
      public boolean isDeferred(Object self, Object request, Object arg1, Object arg2) {
        return true;
      }
    };
  }

  /** Returns the handler of a method within a run that gets the request. */
  static SiteHandler conversation() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object request, Object arg1, Object arg2) {
        Run run = FrameStack.current().run();
        if (run != null) {
          run.isPartOf(conversationOf(request));
        }
        return null;
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        return result;
      }
    };
  }

  private static String conversationOf(Object request) {
    Object id = CONVERSATION.read(request);
    return id == null ? null : id.toString();
  }

  @Override
  public String scenario(Object self, Object arg0, Object arg1, Object arg2) {
    return scenario;
  }
}
