package io.parix.backup.engine.doctor;

import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at how the place takes what is written. */
final class WriteLooks {
    private final Ground ground;
    private final RunKeys keys;

    WriteLooks(Ground ground) {
        this.ground = ground;
        this.keys = ground.keys();
    }

    List<Look> looks() {
        return List.of(
                new Look(Requirement.TAKEN, this::taken),
                new Look(Requirement.TWO_SESSIONS, this::twoSessions),
                new Look(Requirement.ONE_WINNER, this::oneWinner),
                new Look(Requirement.CHECKSUM, this::checksum),
                new Look(Requirement.LENGTH, this::length),
                new Look(Requirement.EMPTY, this::empty),
                new Look(Requirement.CASE, this::caseTold),
                new Look(Requirement.FOLDER, this::folder));
    }

    private Verdict taken() {
        Ground.Sample first = ground.write(keys.key("taken-"));
        Wrongs wrongs = new Wrongs();
        wrongs.refused(
                ErrorKind.ALREADY_EXISTS,
                "other content for a taken key",
                () -> ground.put(first.key(), ObjectContent.of(ground.small("other"))));
        wrongs.refused(
                ErrorKind.ALREADY_EXISTS,
                "the same content for a taken key",
                () -> ground.put(first.key(), ObjectContent.of(first.bytes())));
        if (!wrongs.any()) {
            wrongs.hold(Arrays.equals(ground.read(first), first.bytes()), "what was refused has replaced the object");
        }
        return wrongs.or("other content and the same were refused, and the object is as it was");
    }

    private Verdict twoSessions() {
        if (!ground.capabilities().conditionalCreate()) {
            return new Verdict.Spared("the provider claims no conditional writes");
        }
        Ground.Sample first = ground.write(keys.key("session-"));
        Wrongs wrongs = new Wrongs();
        wrongs.refused(
                ErrorKind.ALREADY_EXISTS,
                "a second session's content for a taken key",
                () -> ground.put(ground.otherStore(), first.key(), ObjectContent.of(ground.small("second session"))));
        return wrongs.or("the second session was refused");
    }

    private Verdict oneWinner() {
        return ground.capabilities().conditionalCreate()
                ? new Race(ground, keys.key("race-")).run()
                : new Verdict.Spared("the provider claims no conditional writes");
    }

    private Verdict checksum() {
        byte[] bytes = ground.small("checksum");
        Checksums right = Checksums.of(bytes);
        Checksums wrong = Checksums.of(ground.small("another"));
        Wrongs wrongs = new Wrongs();
        corrupt(
                wrongs,
                "sha-",
                "content with a wrong SHA-256",
                bytes,
                bytes.length,
                new Checksums(right.crc32c(), wrong.sha256()));
        corrupt(
                wrongs,
                "crc-",
                "content with a wrong CRC-32C",
                bytes,
                bytes.length,
                new Checksums(wrong.crc32c(), right.sha256()));
        return wrongs.or("a wrong SHA-256 and a wrong CRC-32C were refused, and nothing is left");
    }

    private Verdict length() {
        byte[] bytes = ground.small("length");
        int less = bytes.length - 1;
        Wrongs wrongs = new Wrongs();
        corrupt(wrongs, "short-", "content of one byte too few", bytes, bytes.length + 1, Checksums.of(bytes));
        corrupt(wrongs, "long-", "content of one byte too many", bytes, less, Checksums.of(bytes, 0, less));
        return wrongs.or("a byte too few and a byte too many were refused, and nothing is left");
    }

    private void corrupt(Wrongs wrongs, String stem, String what, byte[] bytes, int length, Checksums promised) {
        ObjectKey key = keys.key(stem);
        wrongs.refused(ErrorKind.CORRUPT, what, () -> ground.put(key, new Claimed(bytes, length, promised)));
        if (!wrongs.any()) {
            wrongs.hold(ground.stat(key).isEmpty(), what + " was refused and is there");
        }
    }

    private Verdict empty() {
        Ground.Sample nothing = ground.write(keys.key("empty-"), 0);
        Wrongs wrongs = new Wrongs();
        wrongs.hold(
                ground.stat(nothing.key()).map(StoredObject::length).equals(Optional.of(0L)),
                "an object of no bytes is not described as such");
        if (!wrongs.any()) {
            wrongs.hold(ground.read(nothing).length == 0, "an object of no bytes is read as some");
            wrongs.hold(
                    ground.mine(keys.objects(), null).contains(nothing.key()), "an object of no bytes is not listed");
        }
        return wrongs.or("it was written, described, read and listed");
    }

    private Verdict caseTold() {
        Ground.Sample lower = ground.write(keys.key("case-"));
        Wrongs wrongs = new Wrongs();
        ObjectKey upper = keys.key("CASE-");
        try {
            ground.put(upper, ObjectContent.of(ground.small("upper")));
            wrongs.hold(Arrays.equals(ground.read(lower), lower.bytes()), "the second has replaced the first");
            wrongs.hold(
                    Arrays.equals(ground.read(upper, null, lower.bytes().length), ground.small("upper")),
                    "the second is read as the first");
        } catch (ProviderException e) {
            if (Wrongs.saysNothing(e.kind())) {
                throw e;
            }
            wrongs.hold(e.kind() != ErrorKind.ALREADY_EXISTS, "the second is taken for the first");
            wrongs.hold(
                    e.kind() == ErrorKind.ALREADY_EXISTS,
                    "the second was answered " + e.kind().code());
        }
        return wrongs.or("two that differ only so were written and read");
    }

    private Verdict folder() {
        Ground.Sample outer = ground.write(keys.key("folder-"));
        ObjectKey inner = keys.key("folder-", "/below");
        Wrongs wrongs = new Wrongs();
        String kept = "is kept beside it";
        try {
            ground.put(inner, ObjectContent.of(ground.small("below")));
            wrongs.hold(ground.stat(inner).isPresent(), "what was written below an object is not there");
        } catch (ProviderException e) {
            kept = "is refused as a conflict";
            if (e.kind() != ErrorKind.CONFLICT && othersGo(e)) {
                wrongs.hold(
                        false,
                        "a key below an object was answered " + e.kind().code() + ", and its neighbour was not: "
                                + e.getMessage());
            }
        }
        wrongs.hold(ground.stat(outer.key()).isPresent(), "the object is gone for a key below it");
        if (!wrongs.any()) {
            wrongs.hold(Arrays.equals(ground.read(outer), outer.bytes()), "the object is harmed by a key below it");
        }
        return wrongs.or("a key below an object " + kept);
    }

    /** An error that may come to any call counts only where it does not come to the next one. */
    private boolean othersGo(ProviderException answer) {
        if (!Wrongs.saysNothing(answer.kind())) {
            return true;
        }
        try {
            ground.write(keys.key("beside-"));
            return true;
        } catch (ProviderException e) {
            throw answer;
        }
    }
}
