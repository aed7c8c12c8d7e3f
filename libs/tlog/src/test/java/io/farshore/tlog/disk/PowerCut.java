package io.farshore.tlog.disk;

/** The machine stopped here. An error, so that no code under test handles it. */
public final class PowerCut extends Error {
  private static final long serialVersionUID = 1L;
}
