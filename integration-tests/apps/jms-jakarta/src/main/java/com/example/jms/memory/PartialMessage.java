package com.example.jms.memory;

import jakarta.jms.Destination;
import jakarta.jms.TextMessage;
import java.util.Enumeration;

/** The methods of a message that no test needs. */
abstract class PartialMessage implements TextMessage {
  @Override
  public void setJMSMessageID(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSTimestamp(long a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] getJMSCorrelationIDAsBytes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSCorrelationIDAsBytes(byte[] a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSCorrelationID(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getJMSCorrelationID() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Destination getJMSReplyTo() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSReplyTo(Destination a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSDestination(Destination a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getJMSDeliveryMode() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSDeliveryMode(int a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSRedelivered(boolean a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getJMSType() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSType(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSExpiration(long a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSDeliveryTime(long a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getJMSPriority() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setJMSPriority(int a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clearProperties() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean getBooleanProperty(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte getByteProperty(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public short getShortProperty(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long getLongProperty(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public float getFloatProperty(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double getDoubleProperty(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getStringProperty(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object getObjectProperty(String a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Enumeration<?> getPropertyNames() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setBooleanProperty(String a, boolean b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setByteProperty(String a, byte b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setShortProperty(String a, short b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setIntProperty(String a, int b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLongProperty(String a, long b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setFloatProperty(String a, float b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setDoubleProperty(String a, double b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setStringProperty(String a, String b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setObjectProperty(String a, Object b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clearBody() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T getBody(Class<T> a) {
    throw new UnsupportedOperationException();
  }

  @Override
  @SuppressWarnings("rawtypes")
  public boolean isBodyAssignableTo(Class a) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setText(String a) {
    throw new UnsupportedOperationException();
  }
}
