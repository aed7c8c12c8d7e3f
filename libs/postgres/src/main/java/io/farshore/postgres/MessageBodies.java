package io.farshore.postgres;

import io.farshore.kernel.FarshoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the bodies of server messages hold (PostgreSQL documentation, chapter 54.7). */
public final class MessageBodies {
  private MessageBodies() {}

  /** Reads a text that ends with zero. */
  public static String text(ByteBuffer body) {
    int start = body.position();
    while (body.get() != 0) {
      // to its end
    }
    return new String(
        body.array(),
        body.arrayOffset() + start,
        body.position() - start - 1,
        StandardCharsets.UTF_8);
  }

  /** DataRow, columns as text. */
  static List<@Nullable String> row(ByteBuffer body) {
    int columns = body.getShort();
    List<@Nullable String> row = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      int length = body.getInt();
      if (length < 0) {
        row.add(null);
      } else {
        byte[] value = new byte[length];
        body.get(value);
        row.add(new String(value, StandardCharsets.UTF_8));
      }
    }
    return row;
  }

  /** ErrorResponse: fields of a one-byte kind and a text, ended by zero. */
  static FarshoreException failure(PostgresEndpoint endpoint, ByteBuffer body) {
    String state = "";
    String reason = "";
    for (byte kind = body.get(); kind != 0; kind = body.get()) {
      String value = text(body);
      switch (kind) {
        case 'C' -> state = value;
        case 'M' -> reason = value;
        default -> {}
      }
    }
    return Sessions.failure(endpoint.toString(), state, reason, null);
  }
}
