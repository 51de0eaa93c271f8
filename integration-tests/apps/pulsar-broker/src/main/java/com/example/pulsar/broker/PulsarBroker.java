package com.example.pulsar.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.bookkeeper.client.BookKeeperInMemory;
import org.apache.bookkeeper.common.util.OrderedExecutor;
import org.apache.pulsar.broker.PulsarService;
import org.apache.pulsar.broker.ServiceConfiguration;
import org.apache.pulsar.broker.resources.NamespaceResources;
import org.apache.pulsar.broker.resources.PulsarResources;
import org.apache.pulsar.common.naming.NamespaceName;
import org.apache.pulsar.common.naming.TopicName;
import org.apache.pulsar.common.partition.PartitionedTopicMetadata;
import org.apache.pulsar.common.policies.data.ClusterDataImpl;
import org.apache.pulsar.common.policies.data.Policies;
import org.apache.pulsar.common.policies.data.TenantInfoImpl;

/**
 * One broker that keeps everything in its memory, on a free port of the loopback interface. Prints
 * {@code ready 1 <port>} when it serves, and ends with standard input.
 *
 * <p>A topic is made when it is first used. The topics {@code partitioned} and {@code
 * partitioned-listener} have {@value #PARTITIONS} partitions.
 *
 * <p>There are no transactions and no schemas, because the store cannot keep what they need.
 */
public final class PulsarBroker {
  private static final String CLUSTER = "test";
  private static final List<String> PARTITIONED =
      List.of(
          "persistent://public/default/partitioned",
          "persistent://public/default/partitioned-listener");
  private static final int PARTITIONS = 3;

  private PulsarBroker() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    int port = freePort();
    OrderedExecutor threads = OrderedExecutor.newBuilder().numThreads(2).name("ledgers").build();
    BookKeeperInMemory ledgers = new BookKeeperInMemory(threads);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PulsarService broker = start(port, ledgers);
    System.out.println("ready 1 " + port);
    while (in.readLine() != null) {
      // until the test ends the standard input
    }
    broker.close();
    System.exit(0); // some of the broker's threads would go on
  }

  private static PulsarService start(int port, BookKeeperInMemory ledgers) throws Exception {
    PulsarService broker =
        new PulsarService(configuration(port)) {
          @Override
          public BookKeeperInMemory.Factory newBookKeeperClientFactory() {
            return new BookKeeperInMemory.Factory(ledgers);
          }

          @Override
          protected PulsarResources newPulsarResources() {
            PulsarResources resources = super.newPulsarResources();
            fill(resources);
            return resources;
          }
        };
    broker.start();
    return broker;
  }

  private static ServiceConfiguration configuration(int port) {
    ServiceConfiguration configuration = new ServiceConfiguration();
    configuration.setClusterName(CLUSTER);
    configuration.setMetadataStoreUrl("memory:broker");
    configuration.setConfigurationMetadataStoreUrl("memory:broker");
    configuration.setBindAddress("127.0.0.1");
    configuration.setAdvertisedAddress("127.0.0.1");
    configuration.setBrokerServicePort(Optional.of(port));
    configuration.setWebServicePort(Optional.of(0));
    configuration.setBrokerShutdownTimeoutMs(0);
    configuration.setLoadBalancerEnabled(false);
    configuration.setDefaultNumberOfNamespaceBundles(1);
    configuration.setManagedLedgerDefaultEnsembleSize(1);
    configuration.setManagedLedgerDefaultWriteQuorum(1);
    configuration.setManagedLedgerDefaultAckQuorum(1);
    configuration.setManagedLedgerCacheSizeMB(64);
    configuration.setAcknowledgmentAtBatchIndexLevelEnabled(true);
    configuration.setSystemTopicEnabled(true);
    configuration.setTopicLevelPoliciesEnabled(false);
    return configuration;
  }

  private static void fill(PulsarResources resources) {
    try {
      resources
          .getClusterResources()
          .createCluster(
              CLUSTER, ClusterDataImpl.builder().serviceUrl("http://127.0.0.1:1").build());
      makeNamespace(resources, NamespaceName.get("public/default"));
      makeNamespace(resources, NamespaceName.SYSTEM_NAMESPACE);
      NamespaceResources.PartitionedTopicResources topics =
          resources.getNamespaceResources().getPartitionedTopicResources();
      for (String topic : PARTITIONED) {
        topics.createPartitionedTopic(
            TopicName.get(topic), new PartitionedTopicMetadata(PARTITIONS));
      }
    } catch (Exception e) {
      throw new IllegalStateException("the broker's metadata could not be made", e);
    }
  }

  private static void makeNamespace(PulsarResources resources, NamespaceName name)
      throws Exception {
    resources
        .getTenantResources()
        .createTenant(name.getTenant(), new TenantInfoImpl(Set.of(), Set.of(CLUSTER)));
    Policies policies = new Policies();
    policies.replication_clusters = Set.of(CLUSTER);
    resources.getNamespaceResources().createPolicies(name, policies);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
