/**
 * The record: FHIR interactions and the store port. Nothing is read or written here without a {@link phr.consent.Permit}.
 *
 * <p>Stores live in sub-packages of their own and are package-private but for their bean.
 */
@NullMarked
package phr.gateway.record;

import org.jspecify.annotations.NullMarked;
