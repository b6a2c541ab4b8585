package phr.portability;

/** What the signature of a container is worth (phr-package.md §5.2). */
public enum Origin {
    /** Valid, by the key of a registered provider that the package also names. */
    PROVIDER_SIGNED,
    /** Valid, by a key nobody knows. */
    SIGNED_UNKNOWN,
    /** Not signed; never shown as confirmed by an institution. */
    SELF_SUPPLIED
}
