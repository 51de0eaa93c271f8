/** A server of Amazon SQS's protocols. */
package com.example.sqs.broker;
