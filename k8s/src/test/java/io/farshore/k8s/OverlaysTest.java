package io.farshore.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlaysTest {
  private static final List<String> REGION_SERVICES =
      List.of(
          "audit-service", "backup-service", "failover-service", "gateway", "replication-service");

  @ParameterizedTest
  @ValueSource(strings = {"us-east", "eu-west", "witness"})
  void everyFieldOfARenderedOverlayIsOneKubernetesKnows(String site) throws Exception {
    assertThat(render(site)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east", "eu-west"})
  void aRegionRunsTheWholeSuite(String site) throws Exception {
    assertThat(ofKind(render(site), StatefulSet.class).keySet())
        .containsExactlyInAnyOrderElementsOf(REGION_SERVICES);
  }

  @Test
  void theWitnessRunsNothingButAMemberOfTheQuorum() throws Exception {
    assertThat(ofKind(render("witness"), StatefulSet.class)).containsOnlyKeys("failover-service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east", "eu-west", "witness"})
  void probesAndPortsAreThoseTheServicesAreConfiguredWith(String site) throws Exception {
    List<HasMetadata> manifests = render(site);
    Map<String, ConfigMap> configurations = ofKind(manifests, ConfigMap.class);
    Map<String, Service> services = ofKind(manifests, Service.class);
    ofKind(manifests, StatefulSet.class)
        .forEach(
            (name, workload) -> {
              Container container =
                  workload.getSpec().getTemplate().getSpec().getContainers().getFirst();
              Map<String, Integer> ports =
                  container.getPorts().stream()
                      .collect(
                          Collectors.toMap(
                              ContainerPort::getName, ContainerPort::getContainerPort));
              Properties properties = configurationOf(workload, configurations);

              assertThat(ports)
                  .containsEntry("api", port(properties.getProperty("quarkus.http.port")))
                  .containsEntry(
                      "management", port(properties.getProperty("quarkus.management.port")));
              String listen =
                  properties.getProperty(
                      "farshore.gateway.listen", properties.getProperty("farshore.quorum.listen"));
              if (listen != null) {
                assertThat(ports).containsValue(port(listen));
              }
              assertThat(container.getReadinessProbe().getHttpGet().getPort().getStrVal())
                  .isEqualTo("management");
              Objects.requireNonNull(services.get(name), name)
                  .getSpec()
                  .getPorts()
                  .forEach(
                      port ->
                          assertThat(ports)
                              .containsEntry(port.getTargetPort().getStrVal(), port.getPort()));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east", "eu-west", "witness"})
  void noContainerMayWriteItsImageOrGainPrivileges(String site) throws Exception {
    ofKind(render(site), StatefulSet.class)
        .values()
        .forEach(
            workload -> {
              var pod = workload.getSpec().getTemplate().getSpec();
              assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
              assertThat(pod.getAutomountServiceAccountToken()).isFalse();
              assertThat(pod.getContainers())
                  .allSatisfy(
                      container -> {
                        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                            .isTrue();
                        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                            .isFalse();
                      });
            });
  }

  @Test
  void everySiteNamesTheSameVoters() throws Exception {
    for (String site : List.of("us-east", "eu-west", "witness")) {
      List<HasMetadata> manifests = render(site);
      StatefulSet member =
          Objects.requireNonNull(ofKind(manifests, StatefulSet.class).get("failover-service"));
      assertThat(member.getSpec().getReplicas()).as("one vote a site").isEqualTo(1);
      assertThat(configurationOf(member, ofKind(manifests, ConfigMap.class)).stringPropertyNames())
          .filteredOn(key -> key.startsWith("farshore.quorum.members."))
          .containsExactlyInAnyOrder(
              "farshore.quorum.members.us-east",
              "farshore.quorum.members.eu-west",
              "farshore.quorum.members.witness");
    }
  }

  @Test
  void aFieldNobodyKnowsIsRefused() {
    assertThatThrownBy(
            () ->
                StrictManifests.read(
                    """
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata:
                      name: gateway
                    automountServiceAcountToken: false
                    """))
        .hasMessageContaining("automountServiceAcountToken");
  }

  private static int port(String listen) {
    return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
  }

  private static Properties configurationOf(
      StatefulSet workload, Map<String, ConfigMap> configurations) {
    String name =
        workload.getSpec().getTemplate().getSpec().getVolumes().stream()
            .filter(volume -> volume.getName().equals("config"))
            .findFirst()
            .orElseThrow()
            .getConfigMap()
            .getName();
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(
              Objects.requireNonNull(configurations.get(name), name)
                  .getData()
                  .get("application.properties")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return properties;
  }

  private static <T extends HasMetadata> Map<String, T> ofKind(
      List<HasMetadata> manifests, Class<T> kind) {
    return manifests.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .collect(
            Collectors.toMap(manifest -> manifest.getMetadata().getName(), Function.identity()));
  }

  private static List<HasMetadata> render(String site) throws Exception {
    assumeTrue(kubectlIsHere(), "kubectl is not on the PATH, so nothing can be rendered");
    Path output = Files.createTempFile("rendered", ".yaml");
    try {
      Process process =
          new ProcessBuilder("kubectl", "kustomize", "overlays/" + site)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      return StrictManifests.read(Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  private static boolean kubectlIsHere() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
  }
}
