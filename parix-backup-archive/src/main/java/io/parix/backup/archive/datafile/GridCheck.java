package io.parix.backup.archive.datafile;

import io.parix.backup.host.Image;

/** The grid at the checkpoint: the trailers that say what is in use, the manifest, and every block in use. */
final class GridCheck {
    private final DataFile file;
    private final Findings findings;
    private final BlockReader blocks;
    private long whole;
    private long broken;

    private GridCheck(Image image, DataFile file, Findings findings) {
        this.file = file;
        this.findings = findings;
        blocks = new BlockReader(image, file, findings);
    }

    static void check(Image image, DataFile file, Findings findings) {
        new GridCheck(image, file, findings).check();
    }

    private void check() {
        Checkpoint checkpoint = file.superblock().checkpoint();
        ChainReader chains = new ChainReader(blocks, file.layout(), findings);
        chains.trailer("client-sessions", checkpoint.clientSessions(), HeaderFormat.BLOCK_CLIENT_SESSIONS);
        chains.manifest(checkpoint.manifest());
        chains.trailer("released-blocks", checkpoint.released(), HeaderFormat.BLOCK_FREE_SET)
                .ifPresent(bytes -> decoded("released-blocks", BlockRuns.each(bytes, (first, count) -> {})));
        chains.trailer("acquired-blocks", checkpoint.acquired(), HeaderFormat.BLOCK_FREE_SET)
                .ifPresent(bytes -> {
                    decoded("acquired-blocks", BlockRuns.each(bytes, this::look));
                    conclude();
                });
    }

    private void decoded(String name, boolean well) {
        if (!well) {
            findings.fail(
                    name + "-malformed",
                    "runs of words",
                    "an unfinished run",
                    "The encoded set of " + name.replace('-', ' ') + " is malformed, though its checksum is true.");
        }
    }

    private void look(long first, long count) {
        long beyond = Math.max(first, blocks.highest() + 1);
        for (long address = first; address < Math.min(first + count, beyond); address++) {
            if (blocks.read(address) != null) {
                whole++;
            } else {
                broken++;
            }
        }
        if (beyond < first + count) {
            long missing = first + count - beyond;
            broken += missing;
            findings.fail(
                    "grid-cut-off",
                    "blocks up to address " + (first + count - 1),
                    "the last is " + blocks.highest(),
                    missing + " grid blocks from address " + beyond + " at offset "
                            + (file.layout().holds(beyond) ? file.layout().blockOffset(beyond) : Long.MAX_VALUE)
                            + " on lie beyond the end of the file at " + file.length() + ".");
        }
    }

    private void conclude() {
        if (broken == 0) {
            findings.pass("grid-blocks", whole + " blocks", "All " + whole + " blocks in use have true checksums.");
        } else {
            findings.fail(
                    "grid-blocks-broken",
                    (whole + broken) + " blocks",
                    whole + " blocks",
                    broken + " of " + (whole + broken) + " blocks in use are broken or missing.");
        }
    }
}
