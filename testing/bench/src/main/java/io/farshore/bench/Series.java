package io.farshore.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Several measurements of one thing.
 *
 * @param name what was measured
 * @param unit of every sample
 * @param samples in the order in which they were taken; at least one
 */
public record Series(String name, String unit, List<Double> samples) {
  public Series {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a series needs at least one sample");
    }
  }

  /** The middle one; of an even number, the mean of the middle two. */
  public double median() {
    return quantile(0.5);
  }

  public double min() {
    return quantile(0);
  }

  public double max() {
    return quantile(1);
  }

  /** With linear interpolation between neighbours. */
  public double quantile(double fraction) {
    List<Double> sorted = new ArrayList<>(samples);
    sorted.sort(null);
    double place = fraction * (sorted.size() - 1);
    int below = (int) Math.floor(place);
    int above = (int) Math.ceil(place);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }

  String row(int nameWidth) {
    return String.format(
        Locale.ROOT,
        "  %-" + nameWidth + "s  %10.2f  %10.2f  %10.2f  %10.2f  %10.2f  %-6s %4d",
        name,
        median(),
        quantile(0.25),
        quantile(0.75),
        min(),
        max(),
        unit,
        samples.size());
  }
}
