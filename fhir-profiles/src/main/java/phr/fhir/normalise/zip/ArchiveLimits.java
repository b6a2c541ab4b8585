package phr.fhir.normalise.zip;

/**
 * How much an archive may contain; beyond is {@code TOO_LARGE} (checkup-cda.md §2.4).
 *
 * @param entries of the archive
 * @param entryBytes of one entry, unpacked
 * @param totalBytes of all entries, unpacked
 * @param ratio unpacked to packed bytes, looked at beyond the first mebibyte of an entry
 */
public record ArchiveLimits(int entries, long entryBytes, long totalBytes, int ratio) {}
