/**
 * Recognises dense samples in what comes in by comparing bytes: the first of its kind goes the long way through model and
 * validator, those that differ from it in identity, time and numbers only do not.
 *
 * <p>What a sample means is not decided here, and nothing is checked here that the long way has checked of the first.
 */
@NullMarked
package phr.fhir.normalise.template;

import org.jspecify.annotations.NullMarked;
