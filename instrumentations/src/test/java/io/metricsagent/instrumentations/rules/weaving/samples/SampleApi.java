package io.metricsagent.instrumentations.rules.weaving.samples;

import java.util.List;

/** Methods of all shapes. */
@SuppressWarnings("checkstyle:all")
public interface SampleApi {
  boolean aBoolean();

  byte aByte();

  char aChar();

  short aShort();

  int anInt();

  long aLong();

  float aFloat();

  double aDouble();

  int[] anArray();

  String anObject();

  String wide(long a, String b, double c, String d);

  String callsStatic(String text);

  String fails(String text);

  String handles(String text);

  long loops(int n);

  String locks(String text);

  void nothing(List<String> list);
}
