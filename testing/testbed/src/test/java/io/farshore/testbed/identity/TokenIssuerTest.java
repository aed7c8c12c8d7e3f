package io.farshore.testbed.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {
  @Test
  void tokenVerifiesWithThePublishedKey() throws Exception {
    TokenIssuer issuer = new TokenIssuer();
    String[] parts = issuer.issue("someone", List.of("viewer")).split("\\.", -1);

    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(publicKey(issuer.publicKeyPem()));
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
        .contains("\"groups\":[\"viewer\"]", "\"aud\":\"farshore\"", TokenIssuer.ISSUER);
  }

  @Test
  void secretsAreReadableByTheirOwnerOnly(@TempDir Path directory) throws Exception {
    WorldIdentity identity = new WorldIdentity(directory);

    for (Path file : List.of(identity.tokenFile("operator"), identity.secretFile("quorum"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(identity.secretFile("quorum")).isEqualTo(identity.secretFile("quorum"));
  }

  private static PublicKey publicKey(String pem) throws Exception {
    String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("RSA")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
  }
}
