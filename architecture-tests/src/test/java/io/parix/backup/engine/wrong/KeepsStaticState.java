package io.parix.backup.engine.wrong;

import java.util.HashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Wrong: two engines in one process share it. */
public final class KeepsStaticState {
    static final HashMap<String, String> CACHE = new HashMap<>();
    static final AtomicLong CURRENT = new AtomicLong();
    static int counter;

    private KeepsStaticState() {}
}
