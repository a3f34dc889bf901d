package io.parix.backup.engine.doctor;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ErrorKind.Reaction;
import io.parix.backup.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a place in one respect. For one look. */
final class Wrongs {
    private final List<String> wrongs = new ArrayList<>();

    void hold(boolean holds, String wrong) {
        if (!holds) {
            wrongs.add(wrong);
        }
    }

    /** Wants a call to be refused in one way. An error that says nothing about it is passed on. */
    void refused(ErrorKind as, String what, Runnable call) {
        try {
            call.run();
            wrongs.add(what + " was accepted");
        } catch (ProviderException e) {
            if (saysNothing(e.kind())) {
                throw e;
            }
            hold(e.kind() == as, what + " was answered " + e.kind().code() + " instead of " + as.code());
        }
    }

    /** Wants a call to be answered. An error that says nothing about it is passed on. */
    void answered(String what, Runnable call) {
        try {
            call.run();
        } catch (ProviderException e) {
            if (saysNothing(e.kind())) {
                throw e;
            }
            wrongs.add(what + " was answered " + e.kind().code());
        }
    }

    /** {@return whether an error of that kind may come to a call whatever is asked for} */
    static boolean saysNothing(ErrorKind kind) {
        return kind.reaction() == Reaction.WAIT
                || kind.reaction() == Reaction.RETRY
                || kind == ErrorKind.DENIED
                || kind == ErrorKind.CANCELLED;
    }

    boolean any() {
        return !wrongs.isEmpty();
    }

    Verdict or(String right) {
        return any() ? new Verdict.Broken(String.join("; ", wrongs)) : new Verdict.Held(right);
    }
}
