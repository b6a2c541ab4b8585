package phr.fhir.normalise.checkup;

import phr.fhir.normalise.zip.ArchiveLimits;

/**
 * How much a file may contain; beyond is {@code TOO_LARGE} (checkup-cda.md §2.4).
 *
 * @param entries of an archive
 * @param documentBytes of one XML document or archive entry, unpacked
 * @param totalBytes of an archive, unpacked
 * @param ratio unpacked to packed bytes, looked at beyond the first mebibyte of an entry
 * @param elements that one header or one entry of a document may have
 * @param observations of one document
 */
record Limits(int entries, long documentBytes, long totalBytes, int ratio, int elements, int observations) {

    private static final long MEBIBYTE = 1024 * 1024;

    /** An insurer's yearly file of one family has some ten documents of 50 to 200 KB. */
    static final Limits DEFAULT = new Limits(10_000, 16 * MEBIBYTE, 256 * MEBIBYTE, 100, 20_000, 5_000);

    ArchiveLimits archive() {
        return new ArchiveLimits(entries, documentBytes, totalBytes, ratio);
    }
}
