package io.parix.backup.examples.quickstart;

import java.io.IOException;
import java.util.List;

/** Tells a story from where an earlier teller came to. */
final class Teller {
    private final Screen screen;
    private final WorkDirectory work;
    private final StoryRecord record;

    Teller(Screen screen, WorkDirectory work) {
        this.screen = screen;
        this.work = work;
        this.record = work.record();
    }

    /**
     * Tells the rest.
     *
     * @param again how to go on should this be killed
     * @return whether everything held that was to hold
     */
    boolean tell(Story story, String again) throws IOException {
        List<Story.Step> steps = story.steps(work);
        int before = record.reached();
        screen.announce("Working in " + work.path() + "; should this be killed, go on with: " + again);
        if (work.continued()) {
            screen.say(continuing(before, steps.size()));
        }
        try (Acts acts = new Acts(screen, record, () -> story.plan(work))) {
            for (int i = before; i < steps.size(); i++) {
                screen.announce(
                        "[" + (i + 1) + "/" + steps.size() + "] " + steps.get(i).headline());
                steps.get(i).act().happen(acts);
                record.reach(i + 1);
            }
        }
        screen.table(record.rows());
        return Acts.held(record);
    }

    private String continuing(int before, int all) {
        String run = " of the run that was begun at " + record.begun() + ".";
        return before == all
                ? "Every step is done" + run
                : "Continuing at step " + (before + 1) + " of " + all + run
                        + (before > 0 ? " The table shows the seconds of the steps before as they were then." : "");
    }
}
