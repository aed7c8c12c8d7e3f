package io.farshore.gateway.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import io.farshore.contracts.failover.RoutingTable;
import io.farshore.kernel.DurableFiles;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The table in one file: a line with a format name and the SHA-256 of the rest, then the table as
 * JSON. Written beside, forced to disk and renamed over, so that a reader finds the old one or the
 * new one, never half of either.
 */
public final class FileTableStore implements TableStore {
  /** Far above any table a quorum would hold; a longer file is not ours. */
  static final int FILE_BYTES_MAX = 16 * 1024 * 1024;

  private static final String FORMAT = "farshore-routing-table/1 ";
  private static final int DIGEST_CHARS = 64;
  private static final int HEADER_BYTES = FORMAT.length() + DIGEST_CHARS + 1;

  private final Path file;
  private final ObjectMapper json = FarshoreJson.lenient();

  /**
   * @param file in a directory that exists
   */
  public FileTableStore(Path file) {
    this.file = file;
  }

  @Override
  public Optional<RoutingTable> load() {
    byte[] content;
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw damaged(null);
      }
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure(TableErrors.UNREADABLE, "The last good table cannot be read", e);
    }
    if (content.length < HEADER_BYTES) {
      throw damaged(null);
    }
    String header = new String(content, 0, HEADER_BYTES, StandardCharsets.ISO_8859_1);
    if (!header.equals(header(content, HEADER_BYTES))) {
      throw damaged(null);
    }
    try {
      return Optional.of(
          json.readValue(content, HEADER_BYTES, content.length - HEADER_BYTES, RoutingTable.class));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  @Override
  public void save(RoutingTable table) {
    try {
      byte[] body = json.writeValueAsBytes(table);
      byte[] header = header(body, 0).getBytes(StandardCharsets.ISO_8859_1);
      byte[] content = Arrays.copyOf(header, header.length + body.length);
      System.arraycopy(body, 0, content, header.length, body.length);
      DurableFiles.replace(file, content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a routing table is always JSON", e);
    } catch (IOException e) {
      throw failure(TableErrors.UNWRITABLE, "The table cannot be kept on disk", e);
    }
  }

  private static String header(byte[] content, int bodyStart) {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    sha256.update(content, bodyStart, content.length - bodyStart);
    return FORMAT + HexFormat.of().formatHex(sha256.digest()) + "\n";
  }

  private FarshoreException damaged(@org.jspecify.annotations.Nullable IOException cause) {
    return new FarshoreException(
        TableErrors.DAMAGED,
        "The last good table fails its checks",
        Map.of("path", file.toString()),
        cause);
  }

  private FarshoreException failure(
      io.farshore.kernel.ErrorCode code, String message, IOException cause) {
    return new FarshoreException(
        code,
        message,
        Map.of("path", file.toString(), "error", String.valueOf(cause.getMessage())),
        cause);
  }
}
