/**
 * From a received file to FHIR resources: the pipeline's second stage.
 *
 * <p>Each source family has a sub-package with a {@link phr.fhir.normalise.Format}. Nothing here stores, permits or answers.
 */
@NullMarked
package phr.fhir.normalise;

import org.jspecify.annotations.NullMarked;
