package phr.fhir.normalise.lifelog;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.Elements;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.SourceIdentity;

/**
 * An Observation that came as FHIR: whose it is, what the source calls it, which category it falls in (lifelog.md §4).
 *
 * <p>Codings, extensions and {@code meta.profile} stay. A reference to another resource of the source becomes a logical one,
 * because that resource is not here; the narrative is dropped, it repeats the data in a form nobody checks.
 */
final class ReceivedObservation {

    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final Pattern LITERAL =
            Pattern.compile("(?:https?://[^\\s]+/)?([A-Z][A-Za-z]{2,40}/[A-Za-z0-9.\\-]{1,64})");

    private final LifelogFile file;
    private final Observation observation;
    private final String place;
    private final String hash;
    private final Intake intake;

    /** @param hash hex SHA-256 of the compact JSON, the identity of last resort */
    ReceivedObservation(LifelogFile file, Observation observation, String place, String hash) {
        this.file = file;
        this.observation = observation;
        this.place = place;
        this.hash = hash;
        this.intake = file.intake();
    }

    /**
     * What is proposed for the record.
     *
     * @param metric null when the code is none of lifelog.md §3
     * @param oddUnit its unit was reported
     */
    record Proposal(Draft draft, @Nullable Metric metric, boolean oddUnit) {}

    /** Null when it is another person's or cannot be understood, with an issue. */
    @Nullable
    Proposal accept() {
        if (observation.hasModifierExtension() || observation.hasImplicitRules()) {
            reject("not-supported", "FHIR-5", "an extension changes the meaning of the resource", ".modifierExtension");
            return null;
        }
        if (!aboutThePerson()) {
            reject("business-rule", "FHIR-6", "the subject is not the person of this record", ".subject");
            return null;
        }
        SourceIdentity identity = identity();
        Metric metric = Metric.of(observation.getCode());
        boolean oddUnit = MetricObservation.complete(observation, metric);
        if (oddUnit) {
            warnAboutUnit(file, place);
        }
        references();
        observation.setText((Narrative) null);
        observation.setId(file.sampleId(identity).toString());
        about(metric);
        return new Proposal(file.draft(observation, identity, category(metric), place), metric, oddUnit);
    }

    /** Vital signs have one unit each in the R4 profiles; another one is kept as received and reported. */
    static void warnAboutUnit(LifelogFile file, String place) {
        file.issue(Issue.warning(
                "value", "FHIR-7", "the unit is not the one of the vital signs profile", place + ".valueQuantity"));
    }

    private void reject(String code, String rule, String text, String element) {
        file.issue(Issue.error(code, rule, text, place + element));
    }

    private boolean aboutThePerson() {
        String own = "Patient/" + intake.account().person();
        Reference subject = observation.getSubject();
        boolean absent = !observation.hasSubject();
        String literal = subject.getReference();
        boolean person = absent
                || own.equals(literal)
                || ("Patient/" + intake.patient()).equals(literal)
                || (intake.ownNamespace() + "/" + own).equals(literal)
                || (intake.ownNamespace() + "/Patient/" + intake.patient()).equals(literal);
        if (person) {
            observation.setSubject(new Reference(own));
        }
        return person;
    }

    private SourceIdentity identity() {
        String version = observation.getMeta().getVersionId();
        for (Identifier identifier : observation.getIdentifier()) {
            if (identifier.hasSystem() && identifier.hasValue()) {
                return new SourceIdentity(identifier.getSystem(), identifier.getValue(), version);
            }
        }
        String id = observation.getIdElement().getIdPart();
        if (id == null || id.isEmpty()) {
            return new SourceIdentity(SourceIdentity.CONTENT_HASH, hash, null);
        }
        SourceIdentity kept = new SourceIdentity(intake.clientNamespace(), "Observation/" + id, version);
        observation.addIdentifier().setSystem(kept.namespace()).setValue(kept.id());
        return kept;
    }

    private void references() {
        Elements.walk(observation, (path, parent, definition, values) -> {
            for (Base value : values) {
                if (value instanceof Reference reference && reference != observation.getSubject()) {
                    localise(reference);
                }
            }
        });
    }

    private void localise(Reference reference) {
        String literal = reference.getReference();
        if (literal == null || literal.startsWith("#")) {
            return;
        }
        var named = LITERAL.matcher(literal);
        if (named.matches() && named.group(1).equals("Patient/" + intake.patient())
                || literal.equals("Patient/" + intake.account().person())) {
            reference.setReference("Patient/" + intake.account().person());
            return;
        }
        reference.setReference(null);
        if (!reference.hasIdentifier()) {
            boolean relative = named.matches() && named.group(1).equals(literal);
            reference.setIdentifier(new Identifier()
                    .setSystem(relative ? intake.clientNamespace() : "urn:ietf:rfc:3986")
                    .setValue(literal));
        }
        if (named.matches() && !reference.hasType()) {
            reference.setType(named.group(1).substring(0, named.group(1).indexOf('/')));
        }
    }

    private Set<PhrCategory> category(@Nullable Metric metric) {
        if (metric != null) {
            return Set.of(metric.category());
        }
        for (Coding coding : observation.getCategory().stream()
                .flatMap(c -> c.getCoding().stream())
                .toList()) {
            if (CATEGORY.equals(coding.getSystem()) && coding.hasCode()) {
                switch (coding.getCode()) {
                    case "laboratory":
                        return Set.of(PhrCategory.LAB);
                    case "vital-signs":
                        return Set.of(PhrCategory.LIFELOG_VITALS);
                    case "activity":
                        return Set.of(PhrCategory.LIFELOG_ACTIVITY);
                    default:
                        break;
                }
            }
        }
        return Set.of();
    }

    private void about(@Nullable Metric metric) {
        DateTimeType start = observation.getEffective() instanceof DateTimeType time
                ? time
                : observation.getEffective() instanceof Period period ? period.getStartElement() : null;
        if (start != null && start.getValue() != null) {
            Instant instant = start.getValue().toInstant();
            file.about(metric == null ? "FHIR" : metric.name(), instant, instant);
        }
    }
}
