/** ZIP archives of lifelog exports, too large to be read twice as a stream: by their central directory. */
@NullMarked
package phr.fhir.normalise.zip;

import org.jspecify.annotations.NullMarked;
