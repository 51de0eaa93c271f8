package com.example.sqs;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes clients of a server on this machine. */
record Server(URI address) {
  SqsClient client(ExecutionInterceptor... interceptors) {
    return configured(SqsClient.builder(), interceptors)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  SqsAsyncClient async(ExecutionInterceptor... interceptors) {
    return configured(SqsAsyncClient.builder(), interceptors)
        .httpClient(NettyNioAsyncHttpClient.create())
        .build();
  }

  private <B extends AwsClientBuilder<B, ?>> B configured(
      B builder, ExecutionInterceptor... interceptors) {
    ClientOverrideConfiguration.Builder configuration = ClientOverrideConfiguration.builder();
    for (ExecutionInterceptor interceptor : interceptors) {
      configuration.addExecutionInterceptor(interceptor);
    }
    return builder
        .endpointOverride(address)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .overrideConfiguration(configuration.build());
  }
}
