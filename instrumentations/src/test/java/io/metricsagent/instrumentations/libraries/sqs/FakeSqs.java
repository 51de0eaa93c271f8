package io.metricsagent.instrumentations.libraries.sqs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of the SDK that the agent calls. */
public final class FakeSqs {
  private FakeSqs() {}

  /** A client of either kind, and the batch manager. */
  public static final class Client {}

  /** Asks for messages; newer versions of the SDK have the second list of names, too. */
  public record ReceiveRequest(
      String queueUrl,
      List<String> attributeNamesAsStrings,
      List<String> messageSystemAttributeNamesAsStrings,
      Integer visibilityTimeout) {
    static ReceiveRequest of(String url, String... names) {
      return new ReceiveRequest(url, List.of(names), List.of(), null);
    }

    /** Returns all names. */
    List<String> names() {
      List<String> all = new ArrayList<>(attributeNamesAsStrings);
      all.addAll(messageSystemAttributeNamesAsStrings);
      return all;
    }

    /** Begins a copy. */
    public RequestBuilder toBuilder() {
      return new RequestBuilder(this);
    }
  }

  /** As {@code ReceiveMessageRequest.Builder}. */
  public static final class RequestBuilder {
    private ReceiveRequest copy;

    RequestBuilder(ReceiveRequest original) {
      copy = original;
    }

    /** Sets the names. */
    public RequestBuilder attributeNamesWithStrings(Collection<String> names) {
      copy =
          new ReceiveRequest(
              copy.queueUrl,
              List.copyOf(names),
              copy.messageSystemAttributeNamesAsStrings,
              copy.visibilityTimeout);
      return this;
    }

    /** Sets the names of the newer list. */
    public RequestBuilder messageSystemAttributeNamesWithStrings(Collection<String> names) {
      copy =
          new ReceiveRequest(
              copy.queueUrl,
              copy.attributeNamesAsStrings,
              List.copyOf(names),
              copy.visibilityTimeout);
      return this;
    }

    /** Ends the copy. */
    public ReceiveRequest build() {
      return copy;
    }
  }

  /** A message. */
  public record Message(
      String messageId, String receiptHandle, Map<String, String> attributesAsStrings) {
    /** Begins a copy. */
    public MessageBuilder toBuilder() {
      return new MessageBuilder(this);
    }
  }

  /** As {@code Message.Builder}. */
  public static final class MessageBuilder {
    private final Message original;
    private Map<String, String> attributes;

    MessageBuilder(Message original) {
      this.original = original;
      attributes = original.attributesAsStrings;
    }

    /** Sets the attributes; {@code null} for none. */
    public MessageBuilder attributesWithStrings(Map<String, String> some) {
      attributes = some == null ? Map.of() : new LinkedHashMap<>(some);
      return this;
    }

    /** Ends the copy. */
    public Message build() {
      return new Message(original.messageId, original.receiptHandle, attributes);
    }
  }

  /** Has messages. */
  public record ReceiveResponse(List<Message> messages) {
    static ReceiveResponse of(Message... messages) {
      return new ReceiveResponse(List.of(messages));
    }

    /** Begins a copy. */
    public ResponseBuilder toBuilder() {
      return new ResponseBuilder();
    }
  }

  /** As {@code ReceiveMessageResponse.Builder}. */
  public static final class ResponseBuilder {
    private List<Message> all = List.of();

    /** Sets the messages. */
    public ResponseBuilder messages(Collection<Message> some) {
      all = List.copyOf(some);
      return this;
    }

    /** Ends the copy. */
    public ReceiveResponse build() {
      return new ReceiveResponse(all);
    }
  }

  /** Deletes a message, or changes for how long it is invisible. */
  public record SettleRequest(String queueUrl, String receiptHandle, Integer visibilityTimeout) {}

  /** An entry of a batch. */
  public record Entry(String id, String receiptHandle, Integer visibilityTimeout) {}

  /** Settles several messages. */
  public record BatchRequest(String queueUrl, List<Entry> entries) {}

  /** An entry of a batch that succeeded. */
  public record Success(String id) {}

  /** What became of a batch. */
  public record BatchResponse(List<Success> successful) {
    static BatchResponse of(String... ids) {
      List<Success> all = new ArrayList<>();
      for (String id : ids) {
        all.add(new Success(id));
      }
      return new BatchResponse(all);
    }
  }

  /** Any response without facts. */
  public record Done() {}

  /** Asks about a queue. */
  public record DescribeRequest(String queueUrl) {}

  /** Describes a queue. */
  public record Description(Map<String, String> attributesAsStrings) {}

  /** An error of the server. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String code;

    Refusal(String code) {
      this(code, null);
    }

    Refusal(String code, Throwable cause) {
      super(cause);
      this.code = code;
    }

    /** Returns its details. */
    public Details awsErrorDetails() {
      return new Details(code);
    }
  }

  /** What the server says of an error. */
  public record Details(String errorCode) {}
}
