package phr.gateway.record;

/**
 * What a write did.
 *
 * @param created new resources
 * @param updated new versions of known resources
 * @param duplicates resources already there with the same content
 * @param originals files not seen before
 */
public record Saved(int created, int updated, int duplicates, int originals) {

    public static final Saved NOTHING = new Saved(0, 0, 0, 0);

    public Saved plus(Saved other) {
        return new Saved(
                created + other.created,
                updated + other.updated,
                duplicates + other.duplicates,
                originals + other.originals);
    }
}
