package io.farshore.audit.record;

/** The classes of the Open Cybersecurity Schema Framework that Farshore's events belong to. */
enum OcsfClass {
  /** An event of a type this version does not know: logged all the same. */
  BASE_EVENT(0),
  EVENT_LOG_ACTIVITY(1008),
  COMPLIANCE_FINDING(2003),
  INCIDENT_FINDING(2005),
  AUTHENTICATION(3002),
  ENTITY_MANAGEMENT(3004),
  APPLICATION_LIFECYCLE(6002),
  API_ACTIVITY(6003);

  private final int uid;

  OcsfClass(int uid) {
    this.uid = uid;
  }

  int uid() {
    return uid;
  }

  /** OCSF numbers classes within categories by thousands. */
  int categoryUid() {
    return uid / 1000;
  }
}
