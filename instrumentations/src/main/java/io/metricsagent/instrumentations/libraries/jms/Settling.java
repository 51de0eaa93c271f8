package io.metricsagent.instrumentations.libraries.jms;

/** When the messages of a session are settled, by its acknowledge mode. */
enum Settling {
  /** By {@code Session.commit}. */
  BY_COMMIT,
  /** As soon as the application has them. */
  ON_RECEIPT,
  /** By {@code Message.acknowledge}, all that the session handed out. */
  ALL_BY_ACKNOWLEDGE,
  /** By {@code Message.acknowledge}, each message for itself. */
  EACH_BY_ACKNOWLEDGE;

  /** {@code Session.AUTO_ACKNOWLEDGE} and the other modes, the same in both packages. */
  private static final int SESSION_TRANSACTED = 0;

  private static final int AUTO_ACKNOWLEDGE = 1;
  private static final int CLIENT_ACKNOWLEDGE = 2;
  private static final int DUPS_OK_ACKNOWLEDGE = 3;

  /**
   * Modes of providers in which nothing has to be acknowledged, by the package of their sessions:
   * one provider's number is another mode of the next.
   */
  private static final Object[][] UNACKNOWLEDGED = {
    {"org.apache.activemq.artemis.", 100}, // PRE_ACKNOWLEDGE
    {"org.hornetq.", 100},
    {"org.apache.qpid.", 100, 257, 258}, // that of Artemis, NO_ACKNOWLEDGE, PRE_ACKNOWLEDGE
    {"com.tibco.", 22}, // NO_ACKNOWLEDGE
    {"weblogic.", 4, 128}, // NO_ACKNOWLEDGE, MULTICAST_NO_ACKNOWLEDGE
    {"com.sun.messaging.", 32768}, // NO_ACKNOWLEDGE of Open MQ
  };

  /**
   * Returns the settling of a session.
   *
   * <p>A mode of a provider's own that is not known to go without acknowledgements is for each
   * message by itself. So document it ActiveMQ Classic, RabbitMQ, Solace and Pulsar (4), Artemis
   * and Qpid (101), Amazon SQS (100), Tibco (23, 24) and Sonic (1004); and a message that nobody
   * acknowledges is not counted as acknowledged.
   *
   * @param sessionType the name of the session's class
   * @param mode its acknowledge mode
   */
  static Settling of(String sessionType, int mode) {
    switch (mode) {
      case SESSION_TRANSACTED:
        return BY_COMMIT;
      case AUTO_ACKNOWLEDGE:
      case DUPS_OK_ACKNOWLEDGE:
        return ON_RECEIPT;
      case CLIENT_ACKNOWLEDGE:
        return ALL_BY_ACKNOWLEDGE;
      default:
        return isUnacknowledged(sessionType, mode) ? ON_RECEIPT : EACH_BY_ACKNOWLEDGE;
    }
  }

  private static boolean isUnacknowledged(String sessionType, int mode) {
    for (Object[] provider : UNACKNOWLEDGED) {
      if (sessionType.startsWith((String) provider[0])) {
        for (int i = 1; i < provider.length; i++) {
          if ((int) provider[i] == mode) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
