package phr.fhir.normalise;

import java.util.Set;
import java.util.UUID;
import phr.fhir.facts.PhrCategory;

/**
 * A file kept byte for byte (原本).
 *
 * @param kind one of phr-package.md §6.1: {@code checkup-cda}, {@code checkup-zip}, {@code omh}, {@code fhir}, {@code other} …
 * @param mediaType as served, e.g. {@code text/xml}
 * @param binary id of the Binary that serves the bytes
 * @param documentReference id of the DocumentReference (a draft of the same batch) that describes it
 * @param mapped categories of what was mapped from it; the original carries them all beside {@code raw-file}
 */
public record Original(
        String kind, String mediaType, Content content, UUID binary, UUID documentReference, Set<PhrCategory> mapped) {}
