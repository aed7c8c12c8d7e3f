package io.farshore.quarkus.problem;

import io.farshore.kernel.ErrorCategory;

/** The one table from kinds of failure to HTTP statuses. */
final class HttpStatus {
  private HttpStatus() {}

  static int of(ErrorCategory category) {
    return switch (category) {
      case INVALID -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case STALE -> 412;
      case TOO_LARGE -> 413;
      case REFUSED -> 422;
      case PRECONDITION_REQUIRED -> 428;
      case INTERNAL, CORRUPT -> 500;
      case UNAVAILABLE -> 503;
      case EXHAUSTED -> 507;
    };
  }

  static String title(int status) {
    return switch (status) {
      case 400 -> "The request is not valid";
      case 401 -> "Valid credentials are needed";
      case 403 -> "The caller may not do this";
      case 404 -> "There is no such thing here";
      case 405 -> "The method is not allowed here";
      case 406 -> "No acceptable form of the answer";
      case 409 -> "The request contradicts the present state";
      case 412 -> "The version or token is no longer the newest";
      case 413 -> "The request is too large";
      case 415 -> "The body's media type is not understood";
      case 422 -> "Refused";
      case 428 -> "A precondition is missing";
      case 503 -> "Something needed does not answer now";
      case 507 -> "No room left";
      default -> status < 500 ? "The request was refused" : "Something went wrong";
    };
  }
}
