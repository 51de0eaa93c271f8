package com.example.jms.memory;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;
import java.io.Serializable;

/** The methods of a session that no test needs. */
abstract class PartialSession implements Session {
  @Override
  public BytesMessage createBytesMessage() {
    throw new UnsupportedOperationException();
  }

  @Override
  public MapMessage createMapMessage() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Message createMessage() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ObjectMessage createObjectMessage() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ObjectMessage createObjectMessage(Serializable a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StreamMessage createStreamMessage() {
    throw new UnsupportedOperationException();
  }

  @Override
  public TextMessage createTextMessage() {
    throw new UnsupportedOperationException();
  }

  @Override
  public TextMessage createTextMessage(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageListener getMessageListener() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setMessageListener(MessageListener a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void run() {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageProducer createProducer(Destination a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageConsumer createConsumer(Destination a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageConsumer createConsumer(Destination a, String b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageConsumer createConsumer(Destination a, String b, boolean c) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageConsumer createSharedConsumer(Topic a, String b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageConsumer createSharedConsumer(Topic a, String b, String c) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Topic createTopic(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TopicSubscriber createDurableSubscriber(Topic a, String b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TopicSubscriber createDurableSubscriber(Topic a, String b, String c, boolean d) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageConsumer createDurableConsumer(Topic a, String b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageConsumer createDurableConsumer(Topic a, String b, String c, boolean d) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageConsumer createSharedDurableConsumer(Topic a, String b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessageConsumer createSharedDurableConsumer(Topic a, String b, String c) {
    throw new UnsupportedOperationException();
  }

  @Override
  public QueueBrowser createBrowser(Queue a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public QueueBrowser createBrowser(Queue a, String b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TemporaryQueue createTemporaryQueue() {
    throw new UnsupportedOperationException();
  }

  @Override
  public TemporaryTopic createTemporaryTopic() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unsubscribe(String a) {
    throw new UnsupportedOperationException();
  }
}
