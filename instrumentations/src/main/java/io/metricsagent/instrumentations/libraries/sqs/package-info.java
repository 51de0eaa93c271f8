/**
 * Amazon SQS's clients in the AWS SDK 2, blocking and asynchronous, and the batch manager above the
 * asynchronous one.
 *
 * <p>A message is received when the application gets it. It is settled by a receipt handle, which
 * is a new one for each delivery, and any client may use it. So the receipts of all clients are in
 * one table ({@link io.metricsagent.instrumentations.libraries.sqs.ReceiptTable}), under a hash,
 * which keeps no text of the application alive.
 */
package io.metricsagent.instrumentations.libraries.sqs;
