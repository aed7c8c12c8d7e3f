package io.farshore.kernel;

import java.util.regex.Pattern;

/**
 * The one rule for names that people type: DNS labels, so that they fit hosts, paths and labels.
 */
final class Names {
  /** RFC 1123 label: what Kubernetes and DNS accept. */
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private Names() {}

  static String requireLabel(String kind, String value) {
    if (!DNS_LABEL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          kind
              + " must be 1 to 63 lower-case letters, digits or hyphens, beginning and ending with a"
              + " letter or digit");
    }
    return value;
  }
}
