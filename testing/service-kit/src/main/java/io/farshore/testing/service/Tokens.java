package io.farshore.testing.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes a key and bearer tokens (RS256) signed with it, as an identity provider would. */
public final class Tokens {
  private static final String ISSUER = "https://farshore.local";
  private static final String AUDIENCE = "farshore";
  private static final Duration VALID_FOR = Duration.ofHours(1);

  private final KeyPair keys;

  private Tokens(KeyPair keys) {
    this.keys = keys;
  }

  /** A new key; takes a moment. */
  public static Tokens withNewKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new Tokens(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /** PEM, for {@code mp.jwt.verify.publickey} or a file. */
  public String publicKey() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** A token that is valid for an hour. */
  public String token(String subject, String... roles) {
    return token(subject, Instant.now().plus(VALID_FOR), ISSUER, roles);
  }

  /** A token that is no longer valid. */
  public String expiredToken(String subject, String... roles) {
    return token(subject, Instant.now().minus(VALID_FOR), ISSUER, roles);
  }

  /** A token of another issuer. */
  public String foreignToken(String subject, String... roles) {
    return token(subject, Instant.now().plus(VALID_FOR), "https://elsewhere.example", roles);
  }

  private String token(String subject, Instant expiry, String issuer, String... roles) {
    String groups =
        Arrays.stream(roles).map(role -> "\"" + role + "\"").collect(Collectors.joining(","));
    String claims =
        "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"upn\":\"%s\",\"groups\":[%s],\"iat\":%d,\"exp\":%d,\"jti\":\"%s\"}"
            .formatted(
                issuer,
                AUDIENCE,
                subject,
                subject,
                groups,
                expiry.minus(VALID_FOR.multipliedBy(2)).getEpochSecond(),
                expiry.getEpochSecond(),
                UUID.randomUUID());
    String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with a fresh RSA key", e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
