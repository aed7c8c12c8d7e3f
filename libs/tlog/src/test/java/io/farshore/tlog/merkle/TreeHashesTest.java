package io.farshore.tlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeHashesTest {
  /** Covers every shape up to two carries beyond a tile's inner power of two. */
  private static final int SIZE_MAX = 70;

  @Test
  void rootsAreThoseOfTheCertificateTransparencyVectors() {
    // The reference leaves and roots of the certificate-transparency project.
    List<byte[]> entries =
        List.of(
            hex(""),
            hex("00"),
            hex("10"),
            hex("2021"),
            hex("3031"),
            hex("40414243"),
            hex("5051525354555657"),
            hex("606162636465666768696a6b6c6d6e6f"));
    List<String> roots =
        List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    for (int size = 1; size <= entries.size(); size++) {
      List<Hash> leaves = entries.subList(0, size).stream().map(Hash::leaf).toList();
      assertThat(tree(leaves).root()).hasToString(roots.get(size - 1));
    }
    assertThat(tree(List.of()).root())
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void everyLeafOfEveryTreeIsProvedAndNoOther() {
    for (int size = 1; size <= SIZE_MAX; size++) {
      List<Hash> leaves = leaves(size);
      Hash root = tree(leaves).root();
      for (int index = 0; index < size; index++) {
        InclusionProof proof = tree(leaves).inclusion(index);

        assertThat(proof.proves(leaves.get(index), root)).isTrue();
        assertThat(proof.proves(leaves.get(index), Hash.leaf(new byte[9]))).isFalse();
        for (int other = 0; other < size; other++) {
          if (other != index) {
            assertThat(proof.proves(leaves.get(other), root)).isFalse();
            assertThat(
                    new InclusionProof(other, size, proof.hashes()).proves(leaves.get(index), root))
                .isFalse();
          }
        }
      }
    }
  }

  @Test
  void everyTreeIsProvedToExtendEveryEarlierOne() {
    for (int size = 0; size <= SIZE_MAX; size++) {
      Hash root = tree(leaves(size)).root();
      for (int earlier = 0; earlier <= size; earlier++) {
        ConsistencyProof proof = tree(leaves(size)).consistency(earlier);
        Hash earlierRoot = tree(leaves(earlier)).root();

        assertThat(proof.proves(earlierRoot, root)).isTrue();
        if (earlier > 0) { // every log extends the empty one
          assertThat(proof.proves(earlierRoot, Hash.leaf(new byte[9]))).isFalse();
          assertThat(proof.proves(Hash.leaf(new byte[9]), root)).isFalse();
        }
      }
    }
  }

  @Test
  void aProofWithAHashMoreFewerOrChangedProvesNothing() {
    for (int size = 2; size <= SIZE_MAX; size++) {
      List<Hash> leaves = leaves(size);
      Hash root = tree(leaves).root();
      for (int at = 0; at < size; at++) {
        for (List<Hash> broken : broken(tree(leaves).inclusion(at).hashes())) {
          assertThat(new InclusionProof(at, size, broken).proves(leaves.get(at), root)).isFalse();
        }
        Hash earlierRoot = tree(leaves(at)).root();
        for (List<Hash> broken : broken(tree(leaves).consistency(at).hashes())) {
          assertThat(new ConsistencyProof(at, size, broken).proves(earlierRoot, root)).isFalse();
        }
      }
    }
  }

  @Test
  void aProofOutsideTheTreeIsRefused() {
    TreeHashes tree = tree(leaves(3));

    assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusion(3));
    assertThatIllegalArgumentException().isThrownBy(() -> tree.consistency(4));
    assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusion(-1));
  }

  private static List<List<Hash>> broken(List<Hash> hashes) {
    List<List<Hash>> all = new ArrayList<>();
    List<Hash> longer = new ArrayList<>(hashes);
    longer.add(Hash.EMPTY_ROOT);
    all.add(longer);
    for (int i = 0; i < hashes.size(); i++) {
      List<Hash> shorter = new ArrayList<>(hashes);
      shorter.remove(i);
      all.add(shorter);
      List<Hash> changed = new ArrayList<>(hashes);
      changed.set(i, Hash.EMPTY_ROOT);
      all.add(changed);
    }
    return all;
  }

  private static List<Hash> leaves(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> Hash.leaf(ByteBuffer.allocate(4).putInt(i).array()))
        .toList();
  }

  private static TreeHashes tree(List<Hash> leaves) {
    return new TreeHashes((height, index) -> subtree(leaves, height, (int) index), leaves.size());
  }

  private static Hash subtree(List<Hash> leaves, int height, int index) {
    return height == 0
        ? leaves.get(index)
        : Hash.node(
            subtree(leaves, height - 1, 2 * index), subtree(leaves, height - 1, 2 * index + 1));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
