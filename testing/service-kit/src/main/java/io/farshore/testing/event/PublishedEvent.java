package io.farshore.testing.event;

import java.util.Map;

/**
 * An event as a service published it.
 *
 * @param type which kind of event
 * @param subject what it is about
 * @param data the event's own fields; JSON values
 */
public record PublishedEvent(String type, String subject, Map<String, ?> data) {}
