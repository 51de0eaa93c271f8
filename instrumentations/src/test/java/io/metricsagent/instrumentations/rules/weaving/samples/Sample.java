package io.metricsagent.instrumentations.rules.weaving.samples;

import java.util.List;

/** Methods of all shapes. */
public final class Sample implements SampleApi {
  private final Object lock = new Object();

  @Override
  public boolean aBoolean() {
    return true;
  }

  @Override
  public byte aByte() {
    return 1;
  }

  @Override
  public char aChar() {
    return 'c';
  }

  @Override
  public short aShort() {
    return 2;
  }

  @Override
  public int anInt() {
    return 3;
  }

  @Override
  public long aLong() {
    return 4;
  }

  @Override
  public float aFloat() {
    return 5.5f;
  }

  @Override
  public double aDouble() {
    return 6.5;
  }

  @Override
  public int[] anArray() {
    return new int[] {7};
  }

  @Override
  public String anObject() {
    return "object";
  }

  @Override
  public String wide(long a, String b, double c, String d) {
    return a + " " + b + " " + c + " " + d;
  }

  @Override
  public String callsStatic(String text) {
    return helper(text);
  }

  private static String helper(String text) {
    return text + text;
  }

  @Override
  public String fails(String text) {
    throw new IllegalStateException(text);
  }

  @Override
  public String handles(String text) {
    StringBuilder said = new StringBuilder();
    try {
      return said.append(fails(text)).toString();
    } catch (IllegalStateException e) {
      said.append("handled ").append(e.getMessage());
    } finally {
      said.append(", finally");
    }
    return said.toString();
  }

  @Override
  public long loops(int n) {
    while (n > 50) {
      return 1000;
    }
    long sum = 0;
    for (int i = 1; i <= n; i++) {
      double unused = i;
      sum += (long) unused;
    }
    if (sum == 0) {
      return -1;
    }
    return sum;
  }

  @Override
  public synchronized String locks(String text) {
    synchronized (lock) {
      return text + " " + Thread.holdsLock(lock);
    }
  }

  @Override
  public void nothing(List<String> list) {
    if (list.isEmpty()) {
      return;
    }
    list.clear();
  }
}
