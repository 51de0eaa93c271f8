package io.metricsagent.exporters.statsd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Packs lines into packets, separated by line feeds. Used by one thread. */
final class Packets {
  private final List<byte[]> packets = new ArrayList<>();
  private final ByteArrayOutputStream current = new ByteArrayOutputStream();
  private final int maxBytes;
  private int dropped;

  Packets(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Adds a line, or counts it as dropped if no packet can hold it. */
  void add(CharSequence line) {
    byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > maxBytes) {
      dropped++;
      return;
    }
    if (current.size() > 0 && current.size() + 1 + bytes.length > maxBytes) {
      finishPacket();
    }
    if (current.size() > 0) {
      current.write('\n');
    }
    current.writeBytes(bytes);
  }

  private void finishPacket() {
    packets.add(current.toByteArray());
    current.reset();
  }

  /** Returns all packets; nothing may be added afterwards. */
  List<byte[]> finish() {
    if (current.size() > 0) {
      finishPacket();
    }
    return packets;
  }

  /** Returns how many lines were too long. */
  int dropped() {
    return dropped;
  }
}
