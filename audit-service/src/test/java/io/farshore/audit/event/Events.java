package io.farshore.audit.event;

import java.nio.charset.StandardCharsets;

/** Events as other services send them. */
public final class Events {
  private Events() {}

  public static byte[] applicationDeclared(String id) {
    return json(id, "io.farshore.failover.application.declared.v1", "{\"generation\":1}");
  }

  public static byte[] json(String id, String type, String data) {
    return """
    {"specversion":"1.0","id":"%s","source":"/regions/us-east/failover-service","type":"%s",\
    "subject":"applications/ledger","time":"2026-11-21T12:00:00.123Z",\
    "datacontenttype":"application/json",\
    "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","data":%s}"""
        .formatted(id, type, data)
        .getBytes(StandardCharsets.UTF_8);
  }
}
