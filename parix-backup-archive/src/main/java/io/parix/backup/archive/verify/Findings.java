package io.parix.backup.archive.verify;

import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import io.parix.backup.archive.segment.ArchiveObjects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Collects what is wrong with which object, from several threads; bounded. */
final class Findings {
    private static final int MOST = 1_000;
    private static final String RULE = "C4";

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Check> damage = new ArrayList<>();
    private final List<Check> passed = new ArrayList<>();
    private int untold;

    /**
     * Runs a look at an object; damage becomes a finding, every other failure surfaces. Returns whether all was
     * well.
     */
    boolean look(String object, Runnable look) {
        Optional<FailedException> found = ArchiveObjects.damageOf(look);
        found.ifPresent(e -> wrong(object, e.code(), String.valueOf(e.getMessage())));
        return found.isEmpty();
    }

    void wrong(String object, ErrorCode code, String sentence) {
        lock.lock();
        try {
            if (damage.size() < MOST) {
                damage.add(new Check(RULE, code.code(), Check.Outcome.FAIL, object, code.code(), sentence));
            } else {
                untold++;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes what was looked at, so that a report of nothing cannot be mistaken for one of everything. */
    void looked(String code, String found, String sentence) {
        passed.add(new Check(RULE, code, Check.Outcome.PASS, found, found, sentence));
    }

    boolean any() {
        lock.lock();
        try {
            return !damage.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    Report report() {
        lock.lock();
        try {
            List<Check> all = new ArrayList<>(damage);
            all.sort(Comparator.comparing(Check::expected));
            if (untold > 0) {
                String more = untold + " more";
                all.add(new Check(
                        RULE,
                        "more-damage",
                        Check.Outcome.FAIL,
                        more,
                        more,
                        "Another " + untold + " objects are damaged."));
            }
            all.addAll(passed);
            return new Report(all);
        } finally {
            lock.unlock();
        }
    }
}
