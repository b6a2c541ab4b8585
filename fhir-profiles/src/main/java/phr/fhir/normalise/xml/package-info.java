/**
 * Untrusted XML as a stream: charsets, limits, places in the file.
 *
 * <p>What a document means is not known here.
 */
@NullMarked
package phr.fhir.normalise.xml;

import org.jspecify.annotations.NullMarked;
