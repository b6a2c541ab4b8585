package phr.fhir.normalise;

import java.util.UUID;

/**
 * What an entry of a Bundle proposes for the record, for those who are answered entry by entry.
 *
 * @param entry position in the Bundle, from 0
 * @param id of the resource, unless its source identity is known under another
 */
public record Proposed(int entry, UUID id) {}
