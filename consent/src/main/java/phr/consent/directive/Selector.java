package phr.consent.directive;

import java.util.List;
import java.util.Set;

/**
 * Chooses data: AND over the facets, OR over the values of one; an empty facet is absent (consent-semantics.md §4.1).
 *
 * @param documentTypes {@code system|code}
 * @param categories codes of the catalogue, §8
 * @param codes {@code system|code}
 * @param labels sensitivity codes the resource must carry
 * @param instances {@code Type/id}
 * @param authors {@code Type/id}
 * @param sources service, organisation or device
 */
public record Selector(
        Set<String> resourceTypes,
        Set<String> documentTypes,
        Set<String> categories,
        Set<String> codes,
        Set<String> labels,
        Set<String> instances,
        Set<String> authors,
        Set<String> sources,
        List<RelatedTo> relatedTo) {

    /** How a resource is related to another (§4.3). */
    public enum Meaning {
        RELATED,
        DEPENDENTS
    }

    /**
     * A relation to one resource.
     *
     * @param reference {@code Type/id}
     */
    public record RelatedTo(Meaning meaning, String reference) {}

    public Selector {
        resourceTypes = Set.copyOf(resourceTypes);
        documentTypes = Set.copyOf(documentTypes);
        categories = Set.copyOf(categories);
        codes = Set.copyOf(codes);
        labels = Set.copyOf(labels);
        instances = Set.copyOf(instances);
        authors = Set.copyOf(authors);
        sources = Set.copyOf(sources);
        relatedTo = List.copyOf(relatedTo);
    }

    /** Without any facet: what a selector grows from. */
    public static final Selector NOTHING_SAID =
            new Selector(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), List.of());

    /** The resources of these categories. */
    public static Selector ofCategories(String... categories) {
        return NOTHING_SAID.withCategories(Set.of(categories));
    }

    public Selector withCategories(Set<String> chosen) {
        return new Selector(
                resourceTypes, documentTypes, chosen, codes, labels, instances, authors, sources, relatedTo);
    }

    public Selector withResourceTypes(Set<String> chosen) {
        return new Selector(chosen, documentTypes, categories, codes, labels, instances, authors, sources, relatedTo);
    }

    public Selector withDocumentTypes(Set<String> chosen) {
        return new Selector(resourceTypes, chosen, categories, codes, labels, instances, authors, sources, relatedTo);
    }

    public Selector withCodes(Set<String> chosen) {
        return new Selector(
                resourceTypes, documentTypes, categories, chosen, labels, instances, authors, sources, relatedTo);
    }

    public Selector withLabels(Set<String> chosen) {
        return new Selector(
                resourceTypes, documentTypes, categories, codes, chosen, instances, authors, sources, relatedTo);
    }

    public Selector withInstances(Set<String> chosen) {
        return new Selector(
                resourceTypes, documentTypes, categories, codes, labels, chosen, authors, sources, relatedTo);
    }

    public Selector withAuthors(Set<String> chosen) {
        return new Selector(
                resourceTypes, documentTypes, categories, codes, labels, instances, chosen, sources, relatedTo);
    }

    public Selector withRelatedTo(List<RelatedTo> chosen) {
        return new Selector(
                resourceTypes, documentTypes, categories, codes, labels, instances, authors, sources, chosen);
    }

    /** Only categories are named. */
    public boolean onlyCategories() {
        return !categories.isEmpty() && equals(NOTHING_SAID.withCategories(categories));
    }

    /** Only facets that a supporting resource (Organization, Device …) can have: type, code, instance. */
    public boolean onlyIdentity() {
        return documentTypes.isEmpty()
                && categories.isEmpty()
                && labels.isEmpty()
                && authors.isEmpty()
                && sources.isEmpty()
                && relatedTo.isEmpty();
    }
}
