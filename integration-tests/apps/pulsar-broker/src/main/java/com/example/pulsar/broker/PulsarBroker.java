package com.example.pulsar.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pulsar.broker.PulsarService;
import org.apache.pulsar.broker.ServiceConfiguration;
import org.apache.pulsar.broker.resources.NamespaceResources;
import org.apache.pulsar.broker.resources.PulsarResources;
import org.apache.pulsar.common.naming.NamespaceName;
import org.apache.pulsar.common.naming.SystemTopicNames;
import org.apache.pulsar.common.naming.TopicName;
import org.apache.pulsar.common.partition.PartitionedTopicMetadata;
import org.apache.pulsar.common.policies.data.ClusterDataImpl;
import org.apache.pulsar.common.policies.data.Policies;
import org.apache.pulsar.common.policies.data.TenantInfoImpl;
import org.apache.pulsar.metadata.bookkeeper.BKCluster;

/**
 * One broker with one store of messages, which have their files in the working directory, on a free
 * port of the loopback interface. Prints {@code ready 1 <port>} when it serves. The line {@code
 * restart} on standard input restarts both on the same port, after which it prints {@code ready 2
 * <port>}, and so on; it ends with standard input.
 *
 * <p>A topic is made when it is first used. The topics {@code partitioned} and {@code
 * partitioned-listener} have {@value #PARTITIONS} partitions. There are transactions.
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
    try {
      serve(freePort());
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0); // some of the broker's threads would go on
  }

  private static void serve(int port) throws Exception {
    Path metadata = Files.createDirectories(Path.of("metadata")).toAbsolutePath();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int start = 0;
    String line;
    do {
      try (BKCluster store = store("rocksdb://" + metadata);
          PulsarService broker = broker(configuration(port, "rocksdb://" + metadata))) {
        start++;
        System.out.println("ready " + start + " " + port);
        line = in.readLine();
      }
    } while (line != null);
  }

  private static BKCluster store(String metadata) throws Exception {
    return BKCluster.builder()
        .metadataServiceUri(metadata)
        .numBookies(1)
        .dataDir(Path.of("ledgers").toAbsolutePath().toString())
        .build();
  }

  private static PulsarService broker(ServiceConfiguration configuration) throws Exception {
    PulsarService broker =
        new PulsarService(configuration) {
          @Override
          protected PulsarResources newPulsarResources() {
            PulsarResources resources = super.newPulsarResources();
            try {
              if (!resources.getClusterResources().clusterExists(CLUSTER)) {
                fill(resources);
              }
            } catch (Exception e) {
              throw new IllegalStateException("the broker's metadata could not be made", e);
            }
            return resources;
          }
        };
    broker.start();
    return broker;
  }

  private static ServiceConfiguration configuration(int port, String metadata) {
    ServiceConfiguration configuration = new ServiceConfiguration();
    configuration.setClusterName(CLUSTER);
    configuration.setMetadataStoreUrl(metadata);
    configuration.setConfigurationMetadataStoreUrl(metadata);
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
    configuration.setTransactionCoordinatorEnabled(true);
    return configuration;
  }

  private static void fill(PulsarResources resources) throws Exception {
    resources
        .getClusterResources()
        .createCluster(CLUSTER, ClusterDataImpl.builder().serviceUrl("http://127.0.0.1:1").build());
    makeNamespace(resources, NamespaceName.get("public/default"));
    makeNamespace(resources, NamespaceName.SYSTEM_NAMESPACE);
    NamespaceResources.PartitionedTopicResources topics =
        resources.getNamespaceResources().getPartitionedTopicResources();
    for (String topic : PARTITIONED) {
      topics.createPartitionedTopic(TopicName.get(topic), new PartitionedTopicMetadata(PARTITIONS));
    }
    topics.createPartitionedTopic(
        SystemTopicNames.TRANSACTION_COORDINATOR_ASSIGN, new PartitionedTopicMetadata(1));
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
