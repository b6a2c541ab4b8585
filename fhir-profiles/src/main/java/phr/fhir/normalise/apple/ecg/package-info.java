/** Electrocardiograms (心電図) as Apple Health exports them: one CSV each, its header in the person's language. */
@NullMarked
package phr.fhir.normalise.apple.ecg;

import org.jspecify.annotations.NullMarked;
