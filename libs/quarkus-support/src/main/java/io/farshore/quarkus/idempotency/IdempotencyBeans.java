package io.farshore.quarkus.idempotency;

import io.farshore.quarkus.region.RegionSettings;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The store below the service's data directory. */
@Dependent
public class IdempotencyBeans {
  @Produces
  @Singleton
  @DefaultBean
  AnswerStore answerStore(RegionSettings settings) {
    return new FileAnswerStore(settings.dataDir().resolve("idempotency"), FileAnswerStore.KEYS_MAX);
  }
}
