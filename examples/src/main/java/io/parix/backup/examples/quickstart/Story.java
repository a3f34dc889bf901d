package io.parix.backup.examples.quickstart;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Steps in their order. A step that was done is not done again; one in which the process was killed is begun again, and may
 * find its own work half done.
 */
interface Story {
    /** One step; what it finds out goes into the record. */
    record Step(String headline, Act act) {}

    /** What a step does. It may be repeated after a kill at any instruction. */
    @FunctionalInterface
    interface Act {
        void happen(Acts acts) throws IOException;
    }

    /** What makes this story another one than others: who differs in any of it may not go on with it. */
    Map<String, String> what();

    /** What the engine is given. */
    Installation.Plan plan(WorkDirectory work) throws IOException;

    /** The steps, always the same for the same {@link #what()}. */
    List<Step> steps(WorkDirectory work) throws IOException;
}
