package phr.fhir.normalise.clinical;

import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hl7.fhir.r4.model.Resource;
import phr.fhir.Fhir;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.clinical.echeckup.CheckupDocument;
import phr.fhir.normalise.clinical.survey.Entry;
import phr.fhir.normalise.clinical.survey.RecordTypes;
import phr.fhir.normalise.clinical.survey.Survey;
import phr.fhir.normalise.json.Json;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.normalise.lifelog.EntryRule;
import phr.fhir.normalise.lifelog.Texts;

/** The second look at a file: each resource becomes part of the record, stays in the original, or is reported. */
final class ResourceReader implements Pieces.Reader {

    private final ClinicalFile file;
    private final CheckupDocument checkup;
    private final Adoption adoption;
    private final IParser parser = Fhir.json();

    ResourceReader(ClinicalFile file, Survey survey) {
        this.file = file;
        this.checkup = survey.checkup();
        this.adoption = new Adoption(file, survey, checkup);
        if (checkup.asksForDeletion()) {
            file.keptAside();
            file.issue(Issue.information(
                    "informational", "CDA-R9", "only the person decides about deletion requests", "Bundle.entry[0]"));
        }
    }

    @Override
    public void fault(Issue issue) {
        file.read();
        file.keptAside();
        file.issue(issue);
    }

    @Override
    public void piece(String place, JsonNode piece) {
        file.read();
        Entry entry = Entry.of(place, piece);
        Issue refusal = Entry.ofBundle(place) ? EntryRule.OF_FILES.refusal(place, piece) : null;
        if (refusal != null) {
            file.keptAside();
            file.issue(refusal);
        } else if (!RecordTypes.taken(entry.type()) || checkup.asksForDeletion()) {
            keepAside(entry);
        } else {
            resource(entry);
        }
    }

    private void resource(Entry entry) {
        dropNarrative(entry.resource(), entry.place());
        Resource resource;
        try {
            resource = RecordTypes.parse(parser, entry.type(), Json.write(entry.resource()));
        } catch (RuntimeException e) {
            // the parser has many ways to say that something is no FHIR
            guard(entry.resource(), entry.place());
            file.keptAside();
            file.issue(Issue.error(
                    "structure",
                    "FHIR-4",
                    "no valid FHIR R4 " + entry.type() + ": an unknown element or a wrong type",
                    entry.place()));
            return;
        }
        if (adoption.adopt(entry, resource)) {
            file.mapped();
        } else {
            guard(entry.resource(), entry.place());
            file.keptAside();
        }
    }

    /** It repeats the data in a form nobody checks, and that many write wrongly. */
    private void dropNarrative(JsonNode resource, String place) {
        guard(resource.path("text"), place);
        ((ObjectNode) resource).remove("text");
        for (JsonNode contained : resource.path("contained")) {
            if (contained.isObject()) {
                dropNarrative(contained, place);
            }
        }
    }

    /** The person's own Patient is never made by a file, and a Composition is what describes the original. */
    private void keepAside(Entry entry) {
        guard(entry.resource(), entry.place());
        if (entry.type().equals("Patient") || entry.type().equals("Composition")) {
            return;
        }
        file.keptAside();
        if (checkup.asksForDeletion()) {
            return;
        }
        boolean known = Fhir.context().getResourceTypes().contains(entry.type());
        file.issue(
                known
                        ? Issue.information(
                                "not-supported",
                                "FHIR-1",
                                "a " + entry.type() + " is kept in the original only",
                                entry.place())
                        : Issue.error("structure", "FHIR-3", "no FHIR R4 resource", entry.place()));
    }

    private void guard(JsonNode json, String place) {
        if (Texts.myNumberIn(json)) {
            file.refuseOriginal(place);
        }
    }
}
