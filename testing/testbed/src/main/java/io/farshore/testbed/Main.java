package io.farshore.testbed;

import io.farshore.kernel.FarshoreException;
import io.farshore.testbed.demo.Demo;
import io.farshore.testbed.layout.WorldInUseException;
import io.farshore.testbed.process.ProcessFailedException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the launcher calls: {@code demo}, {@code up}, {@code down}, {@code train}. Exit status 0
 * when all went well, 1 when it did not, 2 when the command was not understood.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  public static void main(String[] arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    int root = words.indexOf("--root");
    if (root >= 0 && root + 1 < words.size()) {
      System.setProperty("farshore.home", words.get(root + 1));
      words.subList(root, root + 2).clear();
    }
    System.exit(guarded(words));
  }

  private static int guarded(List<String> words) {
    try {
      return run(words);
    } catch (FarshoreException e) {
      System.err.println("farshore: " + e.describe());
    } catch (WorldInUseException | ProcessFailedException | IllegalStateException e) {
      System.err.println("farshore: " + e.getMessage());
    }
    return FAILED;
  }

  private static int run(List<String> words) {
    String command = words.isEmpty() ? "" : words.getFirst();
    List<String> options = words.isEmpty() ? words : words.subList(1, words.size());
    return switch (command) {
      case "demo" -> Demo.run(options);
      case "up" -> Up.start(options);
      case "serve" -> Up.serve();
      case "down" -> Up.stop();
      case "train" -> Training.run();
      default -> {
        System.err.println("usage: demo | up | down | train   [--root DIR]");
        yield USAGE;
      }
    };
  }
}
