import com.arpnetworking.metrics.mad.model.Metric;
import com.arpnetworking.metrics.mad.model.Record;
import com.arpnetworking.metrics.mad.parsers.StatsdToRecordParser;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints its port, and at the end of its input what the StatsD parser of ArpNetworking's Metrics
 * Aggregator Daemon made of the datagrams that came: name, type, value and tags, tabs in between.
 */
public final class MadReceiver {
  public static void main(String[] args) throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setReceiveBufferSize(8 * 1024 * 1024);
      socket.setSoTimeout(300);
      System.out.println("port\t" + socket.getLocalPort());
      System.in.readAllBytes();
      StatsdToRecordParser parser = new StatsdToRecordParser();
      DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
      while (true) {
        packet.setLength(65_536);
        socket.receive(packet);
        // A copy: the parser reads to the end of the array.
        ByteBuffer lines = ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
        for (Record record : parser.parse(lines)) {
          for (Map.Entry<String, ? extends Metric> metric : record.getMetrics().entrySet()) {
            System.out.println(
                metric.getKey()
                    + "\t"
                    + metric.getValue().getType()
                    + "\t"
                    + metric.getValue().getValues().get(0).getValue()
                    + "\t"
                    + new TreeMap<>(record.getDimensions()));
          }
        }
      }
    } catch (SocketTimeoutException end) {
      System.out.println("end");
    }
    System.exit(0);
  }
}
