package io.metricsagent.instrumentations.libraries.jms;

/**
 * The event that settles the messages of a session; it depends on the session's acknowledge mode.
 */
enum Settling {
  /** {@code Session.commit}. */
  BY_COMMIT,
  /** The delivery to the application. */
  ON_RECEIPT,
  /** {@code Message.acknowledge}, which settles all messages that the session has delivered. */
  ALL_BY_ACKNOWLEDGE,
  /** {@code Message.acknowledge}, which settles one message. */
  EACH_BY_ACKNOWLEDGE;

  /**
   * {@code Session.SESSION_TRANSACTED}. The constants of all modes have the same values in {@code
   * jakarta.jms} and {@code javax.jms}.
   */
  private static final int SESSION_TRANSACTED = 0;

  private static final int AUTO_ACKNOWLEDGE = 1;
  private static final int CLIENT_ACKNOWLEDGE = 2;
  private static final int DUPS_OK_ACKNOWLEDGE = 3;

  /**
   * Providers' own modes without acknowledgements, by the package of the session's class, since one
   * number means different modes in different providers.
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
   * Returns the event that settles the messages of a session.
   *
   * <p>In all other modes that providers have added, each message is acknowledged by itself, as
   * documented by ActiveMQ Classic, RabbitMQ, Solace and Pulsar (4), Artemis and Qpid (101), Amazon
   * SQS (100), Tibco (23, 24) and Sonic (1004). So a message that the application does not
   * acknowledge is not counted as acknowledged.
   *
   * @param sessionType the name of the session's class
   * @param mode the session's acknowledge mode
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
