package io.farshore.testing.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How to run PostgreSQL, which refuses to be root, from whoever we are. */
enum UnprivilegedLaunch {
  /**
   * In a user namespace we seem to be somebody else and our files still ours. The IPC namespace
   * makes the kernel take back shared memory that a killed server leaves.
   */
  USER_NAMESPACE("unshare --user --map-user=1000 --map-group=1000 --ipc"),
  /** Gives the files to {@code nobody} and becomes it; the path must be open to it. */
  NOBODY("setpriv --reuid=nobody --regid=nogroup --clear-groups"),
  /** We are not root. */
  AS_WE_ARE("");

  private final String prefix;

  UnprivilegedLaunch(String prefix) {
    this.prefix = prefix;
  }

  static UnprivilegedLaunch detect() {
    if (USER_NAMESPACE.works()) {
      return USER_NAMESPACE;
    }
    return "root".equals(System.getProperty("user.name")) ? NOBODY : AS_WE_ARE;
  }

  List<String> command(List<String> program) {
    List<String> command = new ArrayList<>();
    if (!prefix.isEmpty()) {
      command.addAll(List.of(prefix.split(" ", -1)));
    }
    command.addAll(program);
    return command;
  }

  /** Makes a file or tree one that the launched program owns. */
  void own(Path tree) throws IOException {
    if (this != NOBODY) {
      return;
    }
    var nobody =
        tree.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
        Files.setOwner(path, nobody);
      }
    }
  }

  private boolean works() {
    try {
      return new ProcessBuilder(command(List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
