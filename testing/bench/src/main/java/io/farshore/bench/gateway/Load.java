package io.farshore.bench.gateway;

/**
 * What one run of the load showed.
 *
 * @param cpuMicros processor time of the proxy for each request
 * @param requestsPerSecond answered
 * @param p99Millis 99 of 100 answers came within this
 * @param failures answers that were not 200, and connections that broke
 */
record Load(double cpuMicros, double requestsPerSecond, double p99Millis, long failures) {}
