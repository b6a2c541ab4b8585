/**
 * Reading of untrusted ZIP archives: limits, names, damage.
 *
 * <p>What the files in an archive mean is not known here.
 */
@NullMarked
package phr.fhir.normalise.archive;

import org.jspecify.annotations.NullMarked;
