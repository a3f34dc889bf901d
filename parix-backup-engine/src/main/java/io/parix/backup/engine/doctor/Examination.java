package io.parix.backup.engine.doctor;

import io.parix.backup.BackupException;
import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Finding;
import io.parix.backup.doctor.Leftover;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One examination of a place, from opening it to removing what was written. For one thread, once. */
final class Examination {
    private static final Logger LOG = LoggerFactory.getLogger(Examination.class);
    private static final Duration CLEARING = Duration.ofMinutes(1);

    private final DoctorParts parts;
    private final StorageLocation location;
    private final Patience patience;
    private final Instant at;
    private final RunKeys keys;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<BackupException> known = Collections.newSetFromMap(new IdentityHashMap<>());

    Examination(DoctorParts parts, StorageLocation location, Patience patience) {
        this.parts = parts;
        this.location = location;
        this.patience = patience;
        this.at = parts.catalog().now();
        this.keys = new RunKeys(location.prefix(), parts.ids().next("d", at).toLowerCase(Locale.ROOT));
    }

    Diagnosis run() {
        List<ProviderSession> opened = new ArrayList<>();
        try {
            opened.add(parts.sessions().open(location));
            opened.add(parts.sessions().open(location));
            findings.add(Requirement.OPENS.passed("the provider opened the place, twice"));
            return looked(opened.get(0), opened.get(1));
        } catch (ProviderException e) {
            return unopened(e);
        } finally {
            opened.forEach(Examination::close);
        }
    }

    /** Of a place that does not open nothing can be told, and that is said of each requirement. */
    private Diagnosis unopened(ProviderException failure) {
        findings.clear();
        for (Requirement each : Requirement.values()) {
            findings.add(ended(each, failure));
        }
        return new Diagnosis(location, keys.run(), at, findings, List.of(), List.of());
    }

    private Diagnosis looked(ProviderSession session, ProviderSession second) {
        Ground ground = new Ground(session, second, keys, patience, parts.callTimeout());
        EarlierRuns earlier = new EarlierRuns(ground, at);
        Once<Patience> last = new Once<>(() -> new Patience(parts.nanos(), CLEARING, () -> false));
        Clearing clearing = new Clearing(keys, session.objects(), () -> clearingCall(last.get()));
        try {
            looks(ground, earlier).forEach(each -> findings.add(look(each)));
        } finally {
            findings.add(clearing.clear(ground.touched()));
        }
        List<Leftover> left = Stream.concat(clearing.left().stream(), earlier.left().stream())
                .sorted(Comparator.comparing(Leftover::key))
                .toList();
        return new Diagnosis(location, keys.run(), at, findings, earlier.removed(), left);
    }

    private CallContext clearingCall(Patience time) {
        time.require();
        return new CallContext(time.of(parts.callTimeout()), () -> false, keys.run(), CallContext.Purpose.PROBE);
    }

    private List<Look> looks(Ground ground, EarlierRuns earlier) {
        Crowd crowd = new Crowd(ground);
        ListLooks listing = new ListLooks(ground, crowd);
        DeleteLooks deletion = new DeleteLooks(ground, crowd);
        return Stream.of(
                        new PlaceLooks(ground, parts.catalog(), location.prefix()).looks(),
                        new ReadLooks(ground).looks(),
                        new WriteLooks(ground).looks(),
                        listing.looks(),
                        deletion.looks(),
                        new VolumeLooks(ground).looks(),
                        List.of(earlier.look(), listing.longLook(), deletion.longLook()))
                .flatMap(List::stream)
                .toList();
    }

    /** No look keeps the others from being taken. */
    private Finding look(Look look) {
        try {
            patience.require();
            return look.way().look().on(look.requirement());
        } catch (BackupException e) {
            return ended(look.requirement(), e);
        } catch (RuntimeException e) {
            LOG.warn("The provider of {} raised what no provider may, at {}", location, look.requirement(), e);
            return look.requirement()
                    .failed("the provider raised " + e.getClass().getName() + ", which is no error of the SPI", null);
        }
    }

    private Finding ended(Requirement requirement, BackupException e) {
        Finding.Trouble trouble = trouble(e);
        ErrorKind kind = trouble.kind();
        String message = String.valueOf(e.getMessage());
        // What keeps several looks from being taken is counted once, against the requirement that met it first.
        return known.add(e) && requirement.isAbout(kind)
                ? requirement.failed(message, trouble)
                : requirement.undetermined(message, todo(kind), trouble);
    }

    static Finding.Trouble trouble(BackupException e) {
        return new Finding.Trouble(e.code(), e instanceof ProviderException p ? p.kind() : null);
    }

    private static String todo(@Nullable ErrorKind kind) {
        if (kind == null) {
            return "Examine the place again, with more time.";
        }
        return switch (kind) {
            case DENIED -> "Permit it, as the provider's page has it for the role, and examine the place again.";
            case NOT_FOUND, CORRUPT, CONFLICT, ALREADY_EXISTS, INVALID_REQUEST ->
                "Look at the other findings, of which this one follows, and examine the place again.";
            case THROTTLED, QUOTA, UNAVAILABLE, OUTCOME_UNKNOWN, IN_USE, LOCKED, CANCELLED ->
                "Examine the place again when it answers as it should.";
        };
    }

    /** A session that does not close takes nothing away from what was found. */
    private static void close(ProviderSession session) {
        try {
            session.close();
        } catch (RuntimeException e) {
            LOG.warn("A session that was opened for an examination did not close", e);
        }
    }
}
