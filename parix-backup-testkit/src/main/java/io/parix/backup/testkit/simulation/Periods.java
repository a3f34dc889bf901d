package io.parix.backup.testkit.simulation;

import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionPreview;
import io.parix.backup.RetentionSetting;
import java.time.Instant;
import java.util.Optional;

/** How long backups are kept, as it was decided and as it was foretold. */
final class Periods {
    private final World world;
    private final Watch watch;
    private RetentionSetting setting = RetentionSetting.DEFAULT;

    Periods(World world, Watch watch) {
        this.world = world;
        this.watch = watch;
    }

    RetentionSetting setting() {
        return setting;
    }

    /** A new catalog keeps what nobody has decided by the default. */
    void forget() {
        setting = RetentionSetting.DEFAULT;
    }

    /** Whoever decides may be slow to write: the window begins when it does. */
    void set(RetentionSetting next) {
        Instant began = world.turn().began();
        Instant window = began.plus(world.settings().retention().undoWindow()).minus(Past.CLOCKS_DIFFER);
        boolean early = next.pendingChange()
                .filter(pending -> !setting.pendingChange().equals(Optional.of(pending)))
                .filter(pending -> pending.effectiveAt().isBefore(window))
                .isPresent();
        // What was pending when it began may hold by now, and is what it was compared with.
        boolean atOnce = shortens(next, began) && shortens(next, world.catalog().now());
        if (early || atOnce) {
            watch.violated(Invariant.SHORTENS_LATER, "asked at " + began + ": " + setting + ", then " + next);
        }
        setting = next;
    }

    private boolean shortens(RetentionSetting next, Instant at) {
        return next.inForceAt(at).period().shorterThan(setting.inForceAt(at).period());
    }

    void previewed(RetentionPreview preview, RetentionPeriod asked) {
        new Foresight(world, watch.truth())
                .wrong(preview, asked)
                .ifPresent(detail -> watch.violated(Invariant.PREVIEWS_AS_IT_WILL_BE, detail));
    }
}
