package io.parix.backup.core.wrong;

import java.util.Random;
import java.util.UUID;

/** Wrong: chance is handed in. */
public final class DrawsByItself {
    public UUID id() {
        return UUID.randomUUID();
    }

    public double share() {
        return Math.random();
    }

    public int draw() {
        return new Random().nextInt();
    }
}
