/**
 * Untrusted ZIP archives: limits, names, damage. Small ones are read as a stream, large ones by their central directory.
 *
 * <p>What the files in an archive mean is not known here.
 */
@NullMarked
package phr.fhir.normalise.zip;

import org.jspecify.annotations.NullMarked;
