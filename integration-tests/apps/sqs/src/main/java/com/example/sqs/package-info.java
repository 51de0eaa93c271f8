/** An application of Amazon SQS's clients. */
package com.example.sqs;
