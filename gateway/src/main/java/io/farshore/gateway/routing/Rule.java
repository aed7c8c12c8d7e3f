package io.farshore.gateway.routing;

import java.util.Locale;

/** The rules of routing, in the order they are asked. The first that applies decides. */
public enum Rule {
  /** The application is in no table this gateway has. */
  NO_ROUTE,
  /** A write goes to the holder of the newest epoch's lease. */
  WRITER,
  /** A write while nobody may write. */
  NO_WRITER,
  /** The regions that could serve are not permitted by this gateway's residency rule. */
  RESIDENCY,
  /** Every region is draining, fenced or without an address here. */
  NO_SERVING_REGION,
  /** The operator sends reads to one region. */
  OVERRIDE,
  /** A read goes home until home is checked, or to any unchecked region if none is healthy. */
  UNCHECKED,
  /** A read stays where reads go now: no other region is nearer by enough. */
  CURRENT,
  /** A read goes to the healthy region with the shortest round trip. */
  NEAREST,
  /** Every region looks ill: a read goes to the last that was good rather than nowhere. */
  FAIL_OPEN;

  /** The name the API uses, for example {@code fail-open}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
