package io.parix.backup.archive.restore;

import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.segment.ArchiveObjects;
import java.util.List;

/**
 * A restore under way.
 *
 * @param layout at which boundaries the files are cut
 * @param objects reads the archive
 * @param segments numbers the segments of the indexes
 * @param indexes one for each staged file
 * @param files the staged files
 */
record Stage(
        DataFileLayout layout,
        ArchiveObjects objects,
        SegmentTable segments,
        List<LoadedIndex> indexes,
        List<StagedSource> files) {}
