package io.parix.backup.archive.export;

import io.parix.backup.ReplicaFacts;
import io.parix.backup.host.Image;

/**
 * One replica to be exported.
 *
 * @param facts what its data file says of itself; its file size is the image's length
 * @param image the bytes; not closed here
 */
public record Source(ReplicaFacts facts, Image image) {}
