package io.farshore.quarkus.problem;

import jakarta.validation.ElementKind;
import jakarta.validation.Path;

/** Where a constraint was broken, in the terms of the request. */
final class Violations {
  private Violations() {}

  /** A JSON pointer for fields of the body, or the parameter's name. */
  static String pointer(Path path) {
    StringBuilder pointer = new StringBuilder();
    String parameter = "";
    for (Path.Node node : path) {
      if (node.getKind() == ElementKind.PARAMETER) {
        parameter = node.getName();
      } else if (node.getKind() == ElementKind.PROPERTY) {
        if (node.isInIterable() && node.getIndex() != null) {
          pointer.append('/').append(node.getIndex());
        }
        pointer.append('/').append(node.getName());
      }
    }
    return pointer.isEmpty() ? parameter : pointer.toString();
  }
}
