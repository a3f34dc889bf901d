package io.parix.backup.engine.doctor;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StoredObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at what the place gives back and tells of it. */
final class ReadLooks {
    private final Ground ground;
    private final RunKeys keys;

    ReadLooks(Ground ground) {
        this.ground = ground;
        this.keys = ground.keys();
    }

    List<Look> looks() {
        return List.of(
                new Look(Requirement.READ_BACK, this::readBack),
                new Look(Requirement.RANGES, this::ranges),
                new Look(Requirement.PAST_END, this::pastEnd),
                new Look(Requirement.ABSENT, this::absent),
                new Look(Requirement.AGREEMENT, this::agreement),
                new Look(Requirement.TOLD_CHECKSUMS, this::toldChecksums));
    }

    private Verdict readBack() {
        Ground.Sample sample = ground.sample();
        StoredObject answer = sample.answer();
        Wrongs wrongs = new Wrongs();
        wrongs.hold(answer.key().equals(sample.key()), "the answer names another key, " + answer.key());
        wrongs.hold(
                answer.length() == sample.bytes().length,
                "the answer has a length of " + answer.length() + " for " + sample.bytes().length + " bytes");
        wrongs.hold(Arrays.equals(ground.read(sample), sample.bytes()), "other bytes are read than were written");
        return wrongs.or("an object of " + sample.bytes().length + " bytes was read as it was written");
    }

    private Verdict ranges() {
        Ground.Sample sample = ground.sample();
        int end = sample.bytes().length;
        Wrongs wrongs = new Wrongs();
        for (ByteRange range : List.of(new ByteRange(0, 1), new ByteRange(1_234, 1_000), new ByteRange(end - 1, 1))) {
            int from = (int) range.offset();
            byte[] expected = Arrays.copyOfRange(sample.bytes(), from, (int) range.end());
            wrongs.hold(
                    Arrays.equals(ground.read(sample.key(), range, expected.length), expected),
                    "other bytes are read for " + range.length() + " from " + from + " on");
        }
        return wrongs.or("the first byte, a thousand in the middle and the last one were read");
    }

    private Verdict pastEnd() {
        Ground.Sample sample = ground.sample();
        int length = sample.bytes().length;
        Wrongs wrongs = new Wrongs();
        wrongs.refused(
                ErrorKind.INVALID_REQUEST,
                "a range of which only the first byte is there",
                () -> ground.read(sample.key(), new ByteRange(length - 1, 2), 2));
        return wrongs.or("a range of which only the first byte is there was refused");
    }

    private Verdict absent() {
        ObjectKey nothing = keys.key("absent-");
        Wrongs wrongs = new Wrongs();
        wrongs.hold(ground.stat(nothing).isEmpty(), "what was never written is described");
        wrongs.refused(
                ErrorKind.NOT_FOUND, "the reading of what was never written", () -> ground.read(nothing, null, 0));
        ground.sample();
        ObjectKey folder = new ObjectKey(keys.objects().value());
        wrongs.hold(ground.stat(folder).isEmpty(), "a folder is described as an object");
        return wrongs.or("what was never written is not found, and a folder is no object");
    }

    private Verdict agreement() {
        Ground.Sample sample = ground.sample();
        Optional<StoredObject> described = ground.stat(sample.key());
        Optional<StoredObject> listed = ground.list(keys.objects(), null).stream()
                .filter(each -> each.key().equals(sample.key()))
                .findFirst();
        if (described.isEmpty() || listed.isEmpty()) {
            return new Verdict.Broken(
                    "an object is " + (described.isEmpty() ? "not described" : "described and not listed"));
        }
        StoredObject told = described.get();
        Wrongs wrongs = new Wrongs();
        wrongs.hold(told.key().equals(sample.key()), "the description names another key, " + told.key());
        wrongs.hold(told.length() == sample.bytes().length, "the description has a length of " + told.length());
        wrongs.hold(
                listed.get().length() == sample.bytes().length,
                "the listing has a length of " + listed.get().length());
        wrongs.hold(
                second(told).equals(second(listed.get())),
                "the description says that it was made at " + told.createdAt() + ", the listing at "
                        + listed.get().createdAt());
        wrongs.hold(
                ground.stat(sample.key()).map(StoredObject::createdAt).equals(Optional.of(told.createdAt())),
                "when it was made changes from description to description");
        return wrongs.or("all agree on an object of " + told.length() + " bytes made at " + told.createdAt());
    }

    private static Instant second(StoredObject object) {
        return object.createdAt().truncatedTo(ChronoUnit.SECONDS);
    }

    private Verdict toldChecksums() {
        Ground.Sample sample = ground.sample();
        Checksums right = Checksums.of(sample.bytes());
        Optional<Checksums> described = ground.stat(sample.key()).flatMap(StoredObject::knownChecksums);
        Optional<Checksums> listed = ground.list(keys.objects(), null).stream()
                .filter(each -> each.key().equals(sample.key()))
                .findFirst()
                .flatMap(StoredObject::knownChecksums);
        if (described.isEmpty() && listed.isEmpty()) {
            return new Verdict.Spared("the place tells no checksums; what is read is compared by the engine");
        }
        Wrongs wrongs = new Wrongs();
        wrongs.hold(described.orElse(right).equals(right), "a description tells others");
        wrongs.hold(listed.orElse(right).equals(right), "a listing tells others");
        return wrongs.or("those that are told are right");
    }
}
