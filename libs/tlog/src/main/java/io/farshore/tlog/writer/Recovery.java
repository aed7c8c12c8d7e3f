package io.farshore.tlog.writer;

/**
 * What opening a log found.
 *
 * @param publishedSize of the checkpoint that was there
 * @param recoveredEntries durable entries that were not yet published, and now are
 * @param tornBytes of a batch that nobody was told is durable, dropped
 * @param journalPresent false for a new log, and for one put back from its published files alone:
 *     entries that were acknowledged but not published then are missing
 */
public record Recovery(
    long publishedSize, long recoveredEntries, long tornBytes, boolean journalPresent) {}
