/**
 * Files in: received, normalised, validated, stored under a permit, and answered with what became of them. Files that contradict
 * the account wait here, encrypted and outside the record, until the person decides (checkup-cda.md §5.2).
 *
 * <p>Nothing here knows a source format, and packages from other providers do not come this way.
 */
@NullMarked
package phr.gateway.ingest;

import org.jspecify.annotations.NullMarked;
