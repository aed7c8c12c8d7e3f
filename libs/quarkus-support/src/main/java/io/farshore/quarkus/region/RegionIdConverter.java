package io.farshore.quarkus.region;

import io.farshore.kernel.RegionId;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a region's name from configuration. */
public final class RegionIdConverter implements Converter<RegionId> {
  private static final long serialVersionUID = 1L;

  @Override
  public RegionId convert(String value) {
    return new RegionId(value);
  }
}
