package com.example.pulsar.broker;

import io.netty.channel.EventLoopGroup;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.bookkeeper.client.BookKeeper;
import org.apache.bookkeeper.client.EnsemblePlacementPolicy;
import org.apache.bookkeeper.client.PulsarMockBookKeeper;
import org.apache.bookkeeper.common.util.OrderedExecutor;
import org.apache.bookkeeper.stats.StatsLogger;
import org.apache.pulsar.broker.BookKeeperClientFactory;
import org.apache.pulsar.broker.ServiceConfiguration;
import org.apache.pulsar.metadata.api.extended.MetadataStoreExtended;

/** Keeps messages in memory, also while the broker restarts. */
final class BookKeeperInMemory extends PulsarMockBookKeeper {
  BookKeeperInMemory(OrderedExecutor threads) throws Exception {
    super(threads);
  }

  @Override
  public void close() {}

  @Override
  public void shutdown() {}

  /** Gives the broker the ledgers in place of a connection to servers. */
  static final class Factory implements BookKeeperClientFactory {
    private final BookKeeper ledgers;

    Factory(BookKeeper ledgers) {
      this.ledgers = ledgers;
    }

    @Override
    public CompletableFuture<BookKeeper> create(
        ServiceConfiguration configuration,
        MetadataStoreExtended metadata,
        EventLoopGroup threads,
        Optional<Class<? extends EnsemblePlacementPolicy>> placement,
        Map<String, Object> placementProperties) {
      return CompletableFuture.completedFuture(ledgers);
    }

    @Override
    public CompletableFuture<BookKeeper> create(
        ServiceConfiguration configuration,
        MetadataStoreExtended metadata,
        EventLoopGroup threads,
        Optional<Class<? extends EnsemblePlacementPolicy>> placement,
        Map<String, Object> placementProperties,
        StatsLogger statistics) {
      return CompletableFuture.completedFuture(ledgers);
    }

    @Override
    public void close() {}
  }
}
