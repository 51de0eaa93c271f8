package io.metricsagent.instrumentations.events;

/** What an event says. The comment of each kind names the fields that are set beside the run. */
public enum EventKind {
  /** A run began: its id, scenario and conversation are in {@link CallEvent#run}. */
  RUN_BEGAN,

  /**
   * A run ended. Its duration; the time to its first iteration as {@link
   * CallEvent#firstPieceNanos}; its outcome.
   */
  RUN_ENDED,

  /**
   * A request to a model began, at {@link CallEvent#nanos}. Provider, model and operation name,
   * where they are known before the answer; the experiment, and the id of the application's own
   * request, where they were said.
   *
   * <p>The event is delivered as soon as the call has proved to be a request of its own and no
   * layer of another one: with its first attempt or its first piece, at the latest with its end. So
   * each request has exactly one event of this kind, and all its other events come after it.
   */
  REQUEST_BEGAN,

  /**
   * An attempt of a request on the wire ended: its duration; whether it failed; whether the server
   * refused it because it receives too many requests.
   */
  ATTEMPT_ENDED,

  /** The first piece of a streamed answer arrived: the time since the request's beginning. */
  FIRST_PIECE,

  /**
   * Pieces of a streamed answer arrived: their number, and the time since the last event of this
   * kind, or since the first piece, which is in none of these events. At most one event a second,
   * and one with the rest at the end.
   */
  OUTPUT,

  /**
   * A request ended, with all its attempts: provider, model, operation name, duration, time to the
   * first piece, tokens, pieces, outcome. Throttled if at least one attempt was refused because the
   * server receives too many requests.
   */
  REQUEST_ENDED,

  /** A tool call began: the tool's name. */
  TOOL_BEGAN,

  /** A tool call ended: the tool's name, the duration, the outcome. */
  TOOL_ENDED,

  /** The application recorded an event of its own: its name and data. */
  APPLICATION
}
