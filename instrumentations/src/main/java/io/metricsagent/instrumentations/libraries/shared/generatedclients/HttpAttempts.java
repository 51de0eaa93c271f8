package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.wire.AttemptDecoder;
import java.io.InputStream;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Reads attempts from {@code HttpClient.execute} and {@code executeAsync}.
 *
 * <p>The client's own classes are decorators around the transport, for retries, logging,
 * authentication and closing. The class below these decorators, in whatever package, sends one
 * attempt. An answer with an error status is a result here; the client creates the exception later.
 */
public final class HttpAttempts implements AttemptDecoder {
  private static final Accessor BASE_URL = Accessor.path("baseUrl()");
  private static final Accessor URL = Accessor.path("url()");
  private static final Accessor STATUS = Accessor.path("statusCode()");

  private final List<String> packages;

  /** Makes a decoder for the client whose own decorators are below {@code packages}. */
  public HttpAttempts(String... packages) {
    this.packages = List.of(packages);
  }

  @Override
  public boolean isDecorator(Object client) {
    String name = client.getClass().getName();
    for (String own : packages) {
      if (name.startsWith(own)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String provider(Object request) {
    String url = BASE_URL.readString(request);
    return Hosts.provider(url == null ? URL.readString(request) : url);
  }

  @Override
  public long status(Object answer) {
    return STATUS.readLong(answer);
  }

  /** The transport returns when the headers have arrived: the body arrives while it is parsed. */
  @Override
  public Object timed(Object answer, LongConsumer reads) {
    return new StandIn(answer) {
      private InputStream original;
      private InputStream timed;

      @Override
      protected synchronized Object returned(String method, Object result) {
        if (!method.equals("body") || !(result instanceof InputStream body)) {
          return result;
        }
        if (original != body) {
          original = body;
          timed = new TimedInputStream(body, reads);
        }
        return timed;
      }
    }.as("HttpResponse");
  }
}
