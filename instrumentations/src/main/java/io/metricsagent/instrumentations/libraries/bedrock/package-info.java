/** Amazon Bedrock's runtime client. */
package io.metricsagent.instrumentations.libraries.bedrock;
