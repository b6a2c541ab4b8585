package phr.portability;

import java.io.InputStream;

/**
 * An original on its way out. The stream must be closed.
 *
 * @param kind one of phr-package.md §6.1
 */
public record SourceOriginal(String kind, String mediaType, InputStream content) {}
