/**
 * JSON trees whose numbers keep their written form, and RFC 8785 canonical JSON over them (phr-package.md §8.4).
 *
 * <p>Nothing about FHIR or packages may live here.
 */
@NullMarked
package phr.portability.json;

import org.jspecify.annotations.NullMarked;
