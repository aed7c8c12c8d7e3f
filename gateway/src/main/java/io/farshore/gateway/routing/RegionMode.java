package io.farshore.gateway.routing;

/** What the control plane allows a region to take. */
public enum RegionMode {
  /** New requests may go there. */
  SERVING,
  /** It finishes what it has and takes nothing new. */
  DRAINING,
  /** It must not be used: another region has taken over. */
  FENCED
}
