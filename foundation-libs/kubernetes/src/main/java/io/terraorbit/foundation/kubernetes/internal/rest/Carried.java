package io.terraorbit.foundation.kubernetes.internal.rest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;

/** Hands every request to a carrier, where OkHttp would go on to its connections. */
final class Carried implements Interceptor {
  private static final long UNKNOWN = -1;

  private final Carrier carrier;

  Carried(Carrier carrier) {
    this.carrier = carrier;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Transmission transmission = request.tag(Transmission.class);
    if (transmission != null) {
      transmission.leaves();
    }
    Carrier.Brought answer = carry(request);
    if (transmission != null && !transmission.arrived(answer.body())) {
      answer.body().close();
      throw new IOException("Canceled");
    }
    Response.Builder response =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(answer.status())
            .message("");
    answer.headers().forEach(header -> response.addHeader(header.getKey(), header.getValue()));
    return response
        .body(
            ResponseBody.create(Okio.buffer(Okio.source(answer.body())), (MediaType) null, UNKNOWN))
        .build();
  }

  private Carrier.Brought carry(Request request) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach(header -> headers.put(header.getFirst(), header.getSecond()));
    Buffer body = new Buffer();
    if (request.body() != null) {
      request.body().writeTo(body);
      MediaType type = request.body().contentType();
      if (type != null) {
        headers.put("Content-Type", type.toString());
      }
    }
    String query = request.url().encodedQuery();
    return carrier.carry(
        request.method(),
        request.url().encodedPath() + (query == null ? "" : "?" + query),
        headers,
        body.readByteArray());
  }
}
