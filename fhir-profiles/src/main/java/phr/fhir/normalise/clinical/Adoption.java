package phr.fhir.normalise.clinical;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.catalogue.Catalogue;
import phr.fhir.catalogue.DataTimes;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.clinical.echeckup.Attachments;
import phr.fhir.normalise.clinical.echeckup.CheckupDocument;
import phr.fhir.normalise.clinical.echeckup.CheckupResult;
import phr.fhir.normalise.clinical.echeckup.CheckupResults;
import phr.fhir.normalise.clinical.survey.Entry;
import phr.fhir.normalise.clinical.survey.Survey;
import phr.fhir.normalise.lifelog.MetricObservation;

/**
 * A received resource on its way into the record: the person's own, with ids and references of the record, with codes that are found
 * under one system. What it states stays.
 */
final class Adoption {

    private final ClinicalFile file;
    private final Intake intake;
    private final Survey survey;
    private final CheckupDocument checkup;
    private final Ownership ownership;
    private final References references;
    private final CheckupResults results;

    Adoption(ClinicalFile file, Survey survey, CheckupDocument checkup) {
        this.file = file;
        this.intake = file.intake();
        this.survey = survey;
        this.checkup = checkup;
        this.ownership = new Ownership(
                survey.links(), intake.account().person(), !survey.whose().others());
        this.references = new References(intake, survey.links(), new CodeAliases());
        this.results = new CheckupResults(checkup, survey.items(), file::issue);
    }

    /** False when it stays in the original only, with an issue. */
    boolean adopt(Entry entry, Resource resource) {
        boolean changed = resource.hasImplicitRules()
                || resource instanceof DomainResource domain && domain.hasModifierExtension();
        if (changed) {
            file.issue(Issue.error(
                    "not-supported",
                    "FHIR-5",
                    "an extension changes the meaning of the resource",
                    entry.place() + ".modifierExtension"));
            return false;
        }
        if (!ownership.claim(resource)) {
            file.issue(notHers(entry.place()));
            return false;
        }
        if (references.localise(resource)) {
            file.keptAside();
            file.issue(Issue.information(
                    "informational", "FHIR-13", "a file that it names is kept in the original only", entry.place()));
        }
        SourceIdentity identity = survey.identities().of(entry);
        remember(resource, identity);
        resource.setId(identity.localId(intake).toString());
        return propose(entry, resource, identity);
    }

    /** In a file of several people that is what has to be expected. */
    private Issue notHers(String place) {
        String text = "the subject is not the person of this record";
        return survey.whose().others()
                ? Issue.information("business-rule", "FHIR-6", text, place)
                : Issue.error("business-rule", "FHIR-6", text, place);
    }

    private boolean propose(Entry entry, Resource resource, SourceIdentity identity) {
        if (resource instanceof Observation observation) {
            if (CheckupResults.ofCheckup(observation)) {
                return result(entry, observation, identity);
            }
            if (MetricObservation.complete(observation)) {
                file.issue(Issue.warning(
                        "value",
                        "FHIR-7",
                        "the unit is not the one of the vital signs profile",
                        entry.place() + ".valueQuantity"));
            }
        } else if (resource instanceof Encounter encounter) {
            checkup.describe(encounter);
        } else if (resource instanceof DocumentReference document) {
            Attachments.check(document).forEach(issue -> file.issue(issue.at(entry.place())));
        }
        if (!(resource instanceof Coverage)) {
            file.about(DataTimes.of(resource));
        }
        file.propose(resource, identity, categories(resource), null, entry.place());
        return true;
    }

    private @Nullable Set<PhrCategory> categories(Resource resource) {
        Set<PhrCategory> found = Catalogue.categories(resource);
        if (found == null) {
            return null;
        }
        return resource instanceof Observation ? checkup.withResult(found) : checkup.with(found);
    }

    /** A result of a checkup may hold others in its components; the record has each by itself. */
    private boolean result(Entry entry, Observation observation, SourceIdentity identity) {
        List<CheckupResult> all = results.of(observation, entry.place());
        for (CheckupResult one : all) {
            SourceIdentity own = one.part().isEmpty()
                    ? identity
                    : new SourceIdentity(identity.namespace(), identity.id() + "#" + one.part(), identity.version());
            one.observation().setId(own.localId(intake).toString());
            file.about(DataTimes.of(one.observation()));
            file.propose(one.observation(), own, one.categories(), one.labels(), entry.place());
        }
        return !all.isEmpty();
    }

    /** What the source calls it goes along, where only its id said so (phr-package.md §8.2, Kept). */
    private void remember(Resource resource, SourceIdentity identity) {
        boolean server = identity.namespace().startsWith("http")
                && identity.namespace().indexOf('|') < 0
                && identity.id()
                        .equals(resource.fhirType() + "/"
                                + resource.getIdElement().getIdPart());
        if (!server && !identity.namespace().equals(intake.clientNamespace())) {
            return;
        }
        Property identifier = resource.getNamedProperty("identifier");
        if (identifier != null && identifier.getMaxCardinality() > 1 && !identifier.hasValues()) {
            Base kept = new Identifier().setSystem(identity.namespace()).setValue(identity.id());
            resource.setProperty("identifier", kept);
        }
    }
}
