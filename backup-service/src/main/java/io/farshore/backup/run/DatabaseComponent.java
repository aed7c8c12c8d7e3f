package io.farshore.backup.run;

import io.farshore.kernel.ApplicationId;

/**
 * A database that can be backed up from here.
 *
 * @param application whose
 * @param component its name within the application, {@code <application>-database}
 */
public record DatabaseComponent(ApplicationId application, String component) {
  /** The one database of an application. */
  public static DatabaseComponent of(ApplicationId application) {
    return new DatabaseComponent(application, application.value() + "-database");
  }
}
