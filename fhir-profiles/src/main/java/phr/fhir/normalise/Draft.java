package phr.fhir.normalise;

import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;

/**
 * A FHIR resource that a format proposes, before validation. Its id is set; it has no {@code meta} but received profiles,
 * labels and tags.
 *
 * @param source identity for idempotent writes
 * @param categories consent categories; empty = unknown, null = the type has none of its own (Organization, Practitioner …)
 * @param labels labels found by the format's own rules; they can only raise the category defaults. {@link Labels#UNLABELLED}
 *     when no rule covers the resource; null = category defaults apply
 * @param place where it stood in the file, e.g. {@code line 17} or an XPath; findings of later stages name it
 */
public record Draft(
        Resource resource,
        SourceIdentity source,
        @Nullable Set<PhrCategory> categories,
        @Nullable Labels labels,
        @Nullable String place) {

    /** A draft without a place of its own in the file. */
    public Draft(
            Resource resource, SourceIdentity source, @Nullable Set<PhrCategory> categories, @Nullable Labels labels) {
        this(resource, source, categories, labels, null);
    }
}
