package phr.fhir.normalise;

import org.jspecify.annotations.Nullable;

/**
 * What the source calls a resource: the key of idempotent writes (phr-package.md §8.2, lifelog.md §4).
 *
 * @param namespace of the source, e.g. its FHIR base URL or an identifier system
 * @param id within the namespace; {@code Type/id} for FHIR sources
 * @param version the source's version, null when it has none
 */
public record SourceIdentity(
        String namespace, String id, @Nullable String version) {}
