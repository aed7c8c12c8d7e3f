package io.farshore.gateway.routing;

/**
 * What a decision needs to know of a request.
 *
 * @param write whether it may change something, so that only the holder of the write lease may have
 *     it
 */
public record RequestFacts(boolean write) {
  public static final RequestFacts READ = new RequestFacts(false);
  public static final RequestFacts WRITE = new RequestFacts(true);

  /** GET, HEAD and OPTIONS read (RFC 9110 section 9.2.1); everything else may write. */
  public static RequestFacts of(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> READ;
      default -> WRITE;
    };
  }
}
