package io.parix.backup;

/**
 * Who asked (spec A5): a user's id, a service's name. Kept on the job and shown in history.
 *
 * @param id 1 to 256 printable characters
 */
public record Actor(String id) {
    /** Refuses empty, overlong and unprintable ids. */
    public Actor {
        if (!Printable.is(id, 256)) {
            throw InvalidRequestException.of(
                    "actor", Printable.quote(id), "it must have 1 to 256 printable characters");
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
