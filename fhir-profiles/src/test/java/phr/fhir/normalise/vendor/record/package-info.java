@NullMarked
package phr.fhir.normalise.vendor.record;

import org.jspecify.annotations.NullMarked;
