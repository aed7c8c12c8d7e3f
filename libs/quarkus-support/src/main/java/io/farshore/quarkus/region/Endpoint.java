package io.farshore.quarkus.region;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One address of the address book: a URL, or a host and a port.
 *
 * @param uri for {@code host:port} entries its scheme is {@code tcp}
 */
public record Endpoint(URI uri) {
  private static final Pattern HOST_PORT =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+\\]):([0-9]{1,5})");
  private static final int PORT_MAX = 65_535;

  /**
   * Parses {@code http://host:port}, {@code https://host:port/path} or {@code host:port}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Endpoint parse(String text) {
    boolean bare = HOST_PORT.matcher(text).matches();
    URI uri = URI.create(bare ? "tcp://" + text : text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean known = bare || scheme.equals("http") || scheme.equals("https");
    if (!known || uri.getHost() == null || uri.getPort() > PORT_MAX) {
      throw new IllegalArgumentException(
          "an endpoint must look like http://host:port, https://host:port or host:port");
    }
    return new Endpoint(uri);
  }

  public String host() {
    return uri.getHost();
  }

  /** The port, by the scheme's default where none was given. */
  public int port() {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }

  /** The URL of {@code path} (beginning with a slash) below this endpoint. */
  public URI resolve(String path) {
    String base = uri.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }
}
