package io.parix.backup.doctor;

import io.parix.backup.Check;
import io.parix.backup.Report;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StorageLocation;
import java.time.Instant;
import java.util.List;

/**
 * What an examination of a place found. Immutable.
 *
 * @param location which place
 * @param examination its name, which all that it wrote carries in its key
 * @param at when it began, on the catalog's clock
 * @param findings one for each requirement, in the order of the page about the doctor
 * @param removed what earlier examinations had left and this one removed
 * @param leftovers what is still there of this one and of earlier ones older than a day, in order of key
 */
public record Diagnosis(
        StorageLocation location,
        String examination,
        Instant at,
        List<Finding> findings,
        List<ObjectKey> removed,
        List<Leftover> leftovers) {
    /** Copies the lists. */
    public Diagnosis {
        findings = List.copyOf(findings);
        removed = List.copyOf(removed);
        leftovers = List.copyOf(leftovers);
    }

    /** {@return whether every requirement that concerns the place was seen to hold} */
    public boolean healthy() {
        return findings.stream().allMatch(Finding::good);
    }

    /**
     * The findings of one outcome.
     *
     * @param outcome which
     * @return those, in order
     */
    public List<Finding> with(Finding.Outcome outcome) {
        return findings.stream().filter(each -> each.outcome() == outcome).toList();
    }

    /**
     * {@return the same as checks, for whatever shows the reports of this library: what is not applicable is left out, and what could not be
     * determined fails, for nothing vouches for it}
     */
    public Report report() {
        return new Report(findings.stream()
                .filter(each -> each.outcome() != Finding.Outcome.NOT_APPLICABLE)
                .map(each -> new Check(
                        each.requirement(),
                        each.name(),
                        each.outcome() == Finding.Outcome.PASSED ? Check.Outcome.PASS : Check.Outcome.FAIL,
                        each.expected(),
                        each.found(),
                        each.sentence()))
                .toList());
    }
}
