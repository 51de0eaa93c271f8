package io.metricsagent.exporters.otlp;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The content of the PEM files that the settings name.
 *
 * @param certificate trusted certificates, or {@code null}
 * @param clientKey the key for mutual TLS, or {@code null}
 * @param clientCertificate the certificates of {@code clientKey}, or {@code null}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TlsFiles(byte[] certificate, byte[] clientKey, byte[] clientCertificate) {
  static TlsFiles read(OtlpSettings settings) {
    return new TlsFiles(
        read("otel.exporter.otlp.certificate", settings.certificate()),
        read("otel.exporter.otlp.client.key", settings.clientKey()),
        read("otel.exporter.otlp.client.certificate", settings.clientCertificate()));
  }

  /**
   * Gives the content to a builder of the SDK, as far as there is any.
   *
   * @param trusted takes the trusted certificates
   * @param client takes the key and its certificates
   */
  void give(Consumer<byte[]> trusted, BiConsumer<byte[], byte[]> client) {
    if (certificate != null) {
      trusted.accept(certificate);
    }
    if (clientKey != null) {
      client.accept(clientKey, clientCertificate);
    }
  }

  private static byte[] read(String setting, File file) {
    if (file == null) {
      return null;
    }
    try {
      return Files.readAllBytes(file.toPath());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          setting + " is " + file + ", which cannot be read; write the path of a PEM file", e);
    }
  }
}
