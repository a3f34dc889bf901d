package io.parix.backup.engine.verify;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.manifest.AttemptKey;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.spi.CallContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the port says of data keys (spec C13). Each is asked for once; and after a failure no more of what the same key has wrapped, which
 * would fail as long. Used by one thread.
 */
final class KeyAnswers {
    private final ArchivePlace place;
    private final CallContext call;
    private final Map<AttemptKey, Optional<String>> lost = new HashMap<>();
    private final Set<String> away = new HashSet<>();

    KeyAnswers(ArchivePlace place, CallContext call) {
        this.place = place;
        this.call = call;
    }

    /** The words in which a data key is gone for good; empty where it is there, or cannot be had now. */
    Optional<String> lost(AttemptKey key) {
        Optional<String> known = lost.get(key);
        if (known != null || away.contains(key.key().id())) {
            return known == null ? Optional.empty() : known;
        }
        try {
            var unused = place.ring(Map.of(key.attempt(), key.key())).of(key.attempt(), call);
            lost.put(key, Optional.empty());
        } catch (FailedException e) {
            if (e.code() == ErrorCode.KEY_LOST) {
                lost.put(key, Optional.of(String.valueOf(e.getMessage())));
            } else {
                away.add(key.key().id());
            }
        }
        return lost.getOrDefault(key, Optional.empty());
    }

    /** Whether the port gave it when it was asked. */
    boolean given(AttemptKey key) {
        return Optional.empty().equals(lost.get(key));
    }
}
