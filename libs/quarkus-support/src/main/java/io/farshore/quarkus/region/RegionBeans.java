package io.farshore.quarkus.region;

import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.MonotonicClock;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Clocks, identifiers and the address book for injection; tests may put their own in place. */
@Dependent
public class RegionBeans {
  @Produces
  @Singleton
  @DefaultBean
  AddressBook addressBook(RegionSettings settings) {
    return AddressBook.of(settings.endpoints());
  }

  @Produces
  @Singleton
  @DefaultBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  @DefaultBean
  MonotonicClock monotonicClock() {
    return MonotonicClock.system();
  }

  @Produces
  @Singleton
  @DefaultBean
  IdGenerator idGenerator(Clock clock) {
    return IdGenerator.timeOrdered(clock);
  }
}
