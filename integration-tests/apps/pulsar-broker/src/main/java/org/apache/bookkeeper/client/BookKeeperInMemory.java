package org.apache.bookkeeper.client;

import io.netty.channel.EventLoopGroup;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.bookkeeper.client.api.LedgerMetadata;
import org.apache.bookkeeper.common.util.OrderedExecutor;
import org.apache.bookkeeper.common.util.OrderedScheduler;
import org.apache.bookkeeper.meta.LedgerManager;
import org.apache.bookkeeper.stats.StatsLogger;
import org.apache.bookkeeper.versioning.LongVersion;
import org.apache.bookkeeper.versioning.Versioned;
import org.apache.pulsar.broker.BookKeeperClientFactory;
import org.apache.pulsar.broker.ServiceConfiguration;
import org.apache.pulsar.metadata.api.extended.MetadataStoreExtended;

/**
 * Keeps messages in memory. Has what the broker asks for and the store of Pulsar's own tests, which
 * is of an older release, lacks; one method is not public.
 */
public final class BookKeeperInMemory extends PulsarMockBookKeeper {
  private final OrderedScheduler scheduler =
      OrderedScheduler.newSchedulerBuilder().numThreads(1).name("ledgers-scheduler").build();

  /** Makes a store without messages. */
  public BookKeeperInMemory(OrderedExecutor threads) throws Exception {
    super(threads);
  }

  @Override
  OrderedScheduler getScheduler() {
    return scheduler;
  }

  @Override
  public LedgerManager getLedgerManager() {
    return (LedgerManager)
        Proxy.newProxyInstance(
            LedgerManager.class.getClassLoader(),
            new Class<?>[] {LedgerManager.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("readLedgerMetadata")) {
                return metadata((Long) arguments[0]);
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private CompletableFuture<Versioned<LedgerMetadata>> metadata(long ledger) {
    LedgerHandle handle = getLedgerMap().get(ledger);
    return handle == null
        ? CompletableFuture.failedFuture(new BKException.BKNoSuchLedgerExistsException())
        : CompletableFuture.completedFuture(
            new Versioned<>(handle.getLedgerMetadata(), new LongVersion(0)));
  }

  @Override
  public void asyncOpenLedger(
      long ledger,
      DigestType digest,
      byte[] password,
      AsyncCallback.OpenCallback callback,
      Object context) {
    scheduler.execute(
        () -> {
          LedgerHandle handle = getLedgerMap().get(ledger);
          int code =
              handle == null ? BKException.Code.NoSuchLedgerExistsException : BKException.Code.OK;
          callback.openComplete(code, handle, context);
        });
  }

  @Override
  public void close() {}

  @Override
  public void shutdown() {}

  /** Gives the broker the store in place of a connection to servers. */
  public static final class Factory implements BookKeeperClientFactory {
    private final BookKeeper ledgers;

    /** Makes a factory that gives each broker the same store. */
    public Factory(BookKeeper ledgers) {
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
