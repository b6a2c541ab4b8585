package phr.portability;

/**
 * What a container may be at most.
 *
 * @param entries files in the container
 * @param bytes of all files together, unpacked
 * @param line bytes of one NDJSON line
 * @param depth of nesting in JSON
 */
public record Limits(int entries, long bytes, int line, int depth) {

    /** phr-package.md §2 and §7.3; 4 GiB unpacked. */
    public static final Limits DEFAULT = new Limits(100_000, 4L << 30, 8 << 20, 100);
}
