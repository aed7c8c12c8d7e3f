package io.farshore.failover.rest;

import io.farshore.contracts.Problem.FieldError;
import java.util.List;

/** A request with at least one offending field. */
final class InvalidFieldsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  InvalidFieldsException(List<FieldError> errors) {
    super("Some fields are not valid; see errors");
    this.errors = List.copyOf(errors);
  }

  /**
   * @param pointer JSON pointer into the body, or the name of a parameter
   * @param expected what would be right
   */
  static InvalidFieldsException of(String pointer, String expected) {
    return new InvalidFieldsException(List.of(new FieldError(pointer, expected)));
  }

  List<FieldError> errors() {
    return errors;
  }
}
