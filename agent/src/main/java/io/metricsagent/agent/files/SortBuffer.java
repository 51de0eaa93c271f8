package io.metricsagent.agent.files;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records that are kept in memory and told in order. Not thread-safe.
 *
 * <p>Their bytes are copied into a few large arrays, which the next records use again after {@link
 * #clear}. If each record had objects of its own, the garbage collector would move hundreds of
 * thousands of them each time and take more memory, as much as it may, in order to do that less
 * often.
 */
final class SortBuffer {
  /** The size of an array that is shared by records; G1 has regions of at least twice that size. */
  static final int CHUNK = 256 << 10;

  /** A larger record has an array of its own, so that little room is left at the end of a chunk. */
  private static final int MAX_SHARED = CHUNK / 16;

  /** The lengths of key and value, in front of both. */
  private static final int HEAD = 2 * Integer.BYTES;

  /** What a record takes besides its bytes: two places, because the sorting needs a copy. */
  private static final int OVERHEAD = HEAD + 2 * Long.BYTES;

  private static final int INITIAL_PLACES = 64;

  private final List<ByteBuffer> chunks = new ArrayList<>();
  private final List<ByteBuffer> large = new ArrayList<>();

  /** How many chunks have records, and how much of the last one is in use. */
  private int usedChunks;

  private int usedOfLast = CHUNK;

  /**
   * Where records begin: above the lowest 32 bits, the number of a chunk, or the complement of that
   * of a large record; in the lowest 32 bits, the offset.
   */
  private long[] places = new long[INITIAL_PLACES];

  private int size;
  private long bytes;
  private boolean sorted = true;

  /** Adds a record. The arrays may be changed afterwards. */
  void add(byte[] key, byte[] value) {
    int length = HEAD + key.length + value.length;
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
    }
    long place = length > MAX_SHARED ? ownPlace(length) : sharedPlace(length);
    places[size++] = place;
    array(place)
        .putInt(offset(place), key.length)
        .putInt(offset(place) + Integer.BYTES, value.length)
        .put(offset(place) + HEAD, key)
        .put(offset(place) + HEAD + key.length, value);
    bytes += length - HEAD + OVERHEAD;
    sorted = false;
  }

  private long ownPlace(int length) {
    large.add(ByteBuffer.allocate(length));
    return (long) -large.size() << Integer.SIZE;
  }

  private long sharedPlace(int length) {
    if (usedOfLast + length > CHUNK) {
      if (usedChunks == chunks.size()) {
        chunks.add(ByteBuffer.allocate(CHUNK));
      }
      usedChunks++;
      usedOfLast = 0;
    }
    int offset = usedOfLast;
    usedOfLast += length;
    return (long) (usedChunks - 1) << Integer.SIZE | offset;
  }

  private ByteBuffer array(long place) {
    int number = (int) (place >> Integer.SIZE);
    return number < 0 ? large.get(-1 - number) : chunks.get(number);
  }

  private static int offset(long place) {
    return (int) place;
  }

  /** Returns how much memory the records take, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Returns how much memory the arrays take, those for the next records included, in bytes. */
  long allocated() {
    long total = (long) chunks.size() * CHUNK + (long) places.length * Long.BYTES;
    for (ByteBuffer one : large) {
      total += one.capacity();
    }
    return total;
  }

  /** Returns a reader of all records in the order of their keys. Nothing may be added meanwhile. */
  ExternalSort.Source read() {
    if (!sorted) {
      sort(places.clone(), places, 0, size);
      sorted = true;
    }
    return new Reader();
  }

  /**
   * Sorts by merging, so records with equal keys stay as they were added.
   *
   * @param from has the same places as the other array
   */
  private void sort(long[] from, long[] to, int begin, int end) {
    if (end - begin < 2) {
      return;
    }
    int middle = (begin + end) >>> 1;
    sort(to, from, begin, middle);
    sort(to, from, middle, end);
    if (compare(from[middle - 1], from[middle]) <= 0) {
      System.arraycopy(from, begin, to, begin, end - begin);
      return;
    }
    int left = begin;
    int right = middle;
    for (int i = begin; i < end; i++) {
      boolean fromLeft = right == end || left < middle && compare(from[left], from[right]) <= 0;
      to[i] = fromLeft ? from[left++] : from[right++];
    }
  }

  private int compare(long first, long second) {
    ByteBuffer one = array(first);
    ByteBuffer other = array(second);
    int begin = offset(first) + HEAD;
    int otherBegin = offset(second) + HEAD;
    return Arrays.compareUnsigned(
        one.array(),
        begin,
        begin + one.getInt(offset(first)),
        other.array(),
        otherBegin,
        otherBegin + other.getInt(offset(second)));
  }

  /** Forgets all records. The arrays for small ones are kept for the next records. */
  void clear() {
    large.clear();
    usedChunks = 0;
    usedOfLast = CHUNK;
    size = 0;
    bytes = 0;
    sorted = true;
  }

  private final class Reader implements ExternalSort.Source {
    private int next;

    @Override
    public byte[] key() {
      if (next == size) {
        return null;
      }
      long place = places[next++];
      byte[] key = new byte[array(place).getInt(offset(place))];
      array(place).get(offset(place) + HEAD, key);
      return key;
    }

    @Override
    public byte[] value() {
      long place = places[next - 1];
      ByteBuffer array = array(place);
      byte[] value = new byte[array.getInt(offset(place) + Integer.BYTES)];
      array.get(offset(place) + HEAD + array.getInt(offset(place)), value);
      return value;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
