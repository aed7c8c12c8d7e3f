package io.farshore.testbed.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Issues the bearer tokens of one world: JWT (RFC 7519), signed with RS256. Thread-safe. */
public final class TokenIssuer {
  /** What every service expects in {@code iss}. */
  public static final String ISSUER = "https://farshore.local";

  /** What every service expects in {@code aud}. */
  public static final String AUDIENCE = "farshore";

  private static final int RSA_BITS = 2048;

  /** Worlds live for hours; their keys die with them. */
  private static final Duration VALIDITY = Duration.ofDays(30);

  private final ObjectMapper json = new ObjectMapper();
  private final KeyPair keys;

  public TokenIssuer() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA is part of every JDK", e);
    }
  }

  /** The public key in PEM form, for {@code mp.jwt.verify.publickey.location}. */
  public String publicKeyPem() {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(keys.getPublic().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
  }

  /** A token for {@code subject} with these roles. */
  public String issue(String subject, List<String> roles) {
    return issue(subject, roles, Instant.now().plus(VALIDITY));
  }

  /** A token that ends at {@code expiry}, which may have passed. */
  public String issue(String subject, List<String> roles, Instant expiry) {
    Map<String, Object> claims =
        Map.of(
            "iss", ISSUER,
            "aud", AUDIENCE,
            "sub", subject,
            "upn", subject,
            "groups", roles,
            "jti", UUID.randomUUID().toString(),
            "iat", Instant.now().getEpochSecond(),
            "exp", expiry.getEpochSecond());
    String signed = encode(Map.of("alg", "RS256", "typ", "JWT")) + "." + encode(claims);
    return signed + "." + base64(sign(keys.getPrivate(), signed));
  }

  private String encode(Map<String, Object> part) {
    try {
      return base64(json.writeValueAsBytes(part));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings can always be written", e);
    }
  }

  private static byte[] sign(PrivateKey key, String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA is part of every JDK", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
