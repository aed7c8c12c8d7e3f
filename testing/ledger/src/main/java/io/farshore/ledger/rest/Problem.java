package io.farshore.ledger.rest;

import jakarta.ws.rs.core.Response;

/**
 * An RFC 9457 problem document.
 *
 * @param title what kind of problem
 * @param status the HTTP status
 * @param code stable; what programs look at
 * @param detail what was wrong
 */
public record Problem(String title, int status, String code, String detail) {
  static Response response(int status, String code, String detail) {
    String title = code.replace('-', ' ');
    return Response.status(status)
        .type("application/problem+json")
        .entity(new Problem(title, status, code, detail))
        .build();
  }
}
