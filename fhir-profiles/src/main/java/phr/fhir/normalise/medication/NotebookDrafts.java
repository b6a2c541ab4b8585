package phr.fhir.normalise.medication;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.medication.part.Place;
import phr.fhir.normalise.medication.record.Creator;
import phr.fhir.text.Width;

/**
 * The resources of one upload on their way out. Their ids come from what they say and never from where they stand, so the same
 * dispensing in a later, longer or differently ordered notebook is the same resource (lifelog.md §4, derived key).
 */
final class NotebookDrafts {

    private static final int BATCH = 500;
    /** Provenance names so many resources one by one; of a larger notebook it names the original only. */
    private static final int MOST_TARGETS = 1000;

    private final Intake intake;
    private final Findings findings;
    private final Set<String> proposed = new HashSet<>();
    private final Map<String, Written> written = new LinkedHashMap<>();
    private final Set<PhrCategory> categories = EnumSet.noneOf(PhrCategory.class);

    /** What one author wrote. */
    record Written(Author author, List<String> targets) {}

    NotebookDrafts(Intake intake, Findings findings) {
        this.intake = intake;
        this.findings = findings;
    }

    /** A key of several texts, compared without regard to their width. */
    static String key(Object... parts) {
        return Stream.of(parts)
                .map(part -> Width.nfkcTrimmed(String.valueOf(part)))
                .collect(Collectors.joining("\u001f"));
    }

    Reference person() {
        return new Reference("Patient/" + intake.account().person());
    }

    /** @param professional who is meant by 医療関係者, {@code Organization/…} */
    Author author(Creator creator, @Nullable String professional) {
        return switch (creator) {
            case PROFESSIONAL -> new Author(creator, professional);
            case PATIENT -> new Author(creator, "Patient/" + intake.account().person());
            default -> new Author(creator, null);
        };
    }

    String reference(String type, String key) {
        return type + "/" + id(type, key);
    }

    /** Whether the resource has been proposed already. */
    boolean has(String type, String key) {
        return proposed.contains(reference(type, key));
    }

    /**
     * Proposes a resource, once.
     *
     * @param key of its content
     * @param consent categories; null for a supporting resource
     * @return its reference
     */
    String add(DomainResource resource, String key, @Nullable Set<PhrCategory> consent, Place place, Author author) {
        String type = resource.fhirType();
        String reference = reference(type, key);
        if (!proposed.add(reference)) {
            return reference;
        }
        resource.setId(id(type, key).toString());
        Extension creator = author.extension();
        if (consent != null && creator != null) {
            resource.addExtension(creator);
        }
        if (consent != null) {
            categories.addAll(consent);
        }
        List<String> targets = written.computeIfAbsent(author.key(), first -> new Written(author, new ArrayList<>()))
                .targets();
        if (targets.size() <= MOST_TARGETS) {
            targets.add(reference);
        }
        findings.draft(
                new Draft(resource, new SourceIdentity(namespace(), reference, null), consent, null, where(place)));
        if (findings.pending() >= BATCH) {
            findings.flush();
        }
        return reference;
    }

    private static String where(Place place) {
        return place.entry() == null ? place.expression() : place.entry() + " " + place.expression();
    }

    /** What was written by whom since the last call. */
    List<Written> written() {
        List<Written> all = written.values().stream()
                .map(part -> part.targets().size() > MOST_TARGETS ? new Written(part.author(), List.of()) : part)
                .toList();
        written.clear();
        return all;
    }

    /** Consent categories of everything proposed. */
    Set<PhrCategory> categories() {
        return categories;
    }

    private UUID id(String type, String key) {
        return Ids.v5(
                Ids.namespace(intake.ownNamespace()),
                intake.account().person() + "|" + namespace() + "|jahis|" + type + "|" + key);
    }

    /** What somebody else's application sends is a source of its own, whatever it says (consent-semantics.md §14.2). */
    private String namespace() {
        return intake.foreign() ? intake.clientNamespace() : intake.ownNamespace();
    }
}
