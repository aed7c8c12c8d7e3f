package io.farshore.failover.application;

import io.farshore.contracts.Problem.FieldError;
import java.util.List;

/** The outcome of reading a declaration. */
public sealed interface Declaration {
  /** Nothing to object to. */
  record Valid(ProtectedApplication application) implements Declaration {}

  /**
   * At least one field is wrong.
   *
   * @param errors one for each offending field, with what would be right
   */
  record Invalid(List<FieldError> errors) implements Declaration {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }
}
