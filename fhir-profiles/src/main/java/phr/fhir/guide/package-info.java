/**
 * The implementation guide: profiles, extensions, code systems, value sets, concept maps and search parameters under the
 * project's canonical address, as FHIR R4 resources and as one NPM package.
 *
 * <p>What follows from a table of the product is generated from it; only what no table says is written by hand, in the compact
 * form of {@code profiles-*.json} and {@code *.tsv}. The canonical address is the constant {@link phr.fhir.Fhir#CANONICAL} at
 * every installation, and no setting: two gateways must mean the same by the same address. The address at which an
 * installation answers is another thing ({@code phr.provider.base-url}).
 *
 * <p>The stored form carries no {@code meta.profile} of ours (checkup-fhir.md FHIR-R2): what is kept, hashed and packed must not
 * change when a profile does. Which profile a resource is held to follows from the resource, see {@link MatchingProfile}.
 */
@NullMarked
package phr.fhir.guide;

import org.jspecify.annotations.NullMarked;
