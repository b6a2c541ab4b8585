package phr.gateway.record;

import org.jspecify.annotations.Nullable;

/**
 * What a write did.
 *
 * @param created new resources
 * @param updated new versions of known resources
 * @param duplicates resources already there with the same content
 * @param originals files not seen before
 * @param told what the sender may hear instead, which follows from its own sending alone; null: all of it
 */
public record Saved(
        int created,
        int updated,
        int duplicates,
        int originals,
        @Nullable Saved told) {

    public static final Saved NOTHING = new Saved(0, 0, 0, 0);

    public Saved(int created, int updated, int duplicates, int originals) {
        this(created, updated, duplicates, originals, null);
    }

    public Saved plus(Saved other) {
        Saved sum = new Saved(
                created + other.created,
                updated + other.updated,
                duplicates + other.duplicates,
                originals + other.originals);
        return told == null && other.told == null ? sum : sum.telling(toSender().plus(other.toSender()));
    }

    /** What somebody hears who may not know what others have stored. */
    public Saved toSender() {
        return told == null ? this : told;
    }

    /** The same, of which the sender hears this; what is no other than the truth needs no saying. */
    public Saved telling(Saved heard) {
        Saved truth = new Saved(created, updated, duplicates, originals);
        return truth.equals(heard) ? truth : new Saved(created, updated, duplicates, originals, heard);
    }
}
