package phr.fhir.normalise.lifelog;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Observation;
import phr.fhir.Fhir;
import phr.fhir.Sha256;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.json.Json;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.normalise.template.Shelf;
import phr.fhir.normalise.template.Templates;

/** Takes resources out of lines and Bundle entries; Observations go to {@link ReceivedObservation}. */
final class ResourceReader implements Pieces.Reader {

    private final LifelogFile file;
    private final EntryRule rule;
    private final IParser parser = Fhir.json();
    private final DenseSamples dense;
    private byte[] piece = {};
    private boolean repeats;

    private ResourceReader(LifelogFile file, EntryRule rule, DenseSamples dense) {
        this.file = file;
        this.rule = rule;
        this.dense = dense;
    }

    /** How the pieces of a file are found. */
    interface Layout {
        boolean read(Content content, String list, String owner, Pieces.Reader reader) throws IOException;
    }

    /** Reads the whole file. */
    static void read(LifelogFile file, Layout layout, EntryRule rule, Shelf<DenseSamples.Series> shelf)
            throws IOException {
        Intake intake = file.intake();
        Templates<DenseSamples.Series> templates = shelf.take(intake);
        DenseSamples dense = new DenseSamples(file, templates);
        layout.read(intake.content(), "entry", "Bundle.entry", new ResourceReader(file, rule, dense));
        shelf.putBack(intake, templates);
        file.finish();
    }

    @Override
    public boolean known(byte[] bytes, int from, int to, Supplier<String> place) {
        file.next();
        if (dense.take(bytes, from, to, place)) {
            return true;
        }
        piece = dense.learning() ? Arrays.copyOfRange(bytes, from, to) : piece;
        return false;
    }

    @Override
    public void fault(Issue issue) {
        file.read();
        file.issue(issue);
    }

    @Override
    public void piece(String place, JsonNode piece) {
        file.read();
        boolean entry = place.startsWith("Bundle.");
        Issue refusal = entry ? rule.refusal(place, piece) : null;
        if (refusal != null) {
            file.issue(refusal);
            return;
        }
        repeats = !entry || rule.repeats(piece);
        resource(entry ? place + ".resource" : place, entry ? piece.path("resource") : piece);
    }

    private void resource(String place, JsonNode resource) {
        String type = resource.path("resourceType").asText("");
        if (type.equals("Observation")) {
            observation(place, resource);
            return;
        }
        if (Texts.myNumberIn(resource)) {
            file.refuseOriginal(place);
        }
        boolean known = Fhir.context().getResourceTypes().contains(type);
        notMapped(
                known ? "not-supported" : "structure",
                known ? "FHIR-1" : "FHIR-3",
                known ? "a " + type + " is kept in the original only" : "no FHIR R4 resource",
                place);
    }

    private void observation(String place, JsonNode json) {
        Observation observation;
        String text = Json.write(json);
        try {
            observation = parser.parseResource(Observation.class, text);
        } catch (DataFormatException | IllegalArgumentException e) {
            if (Texts.myNumberIn(json)) {
                file.refuseOriginal(place);
            }
            notMapped("structure", "FHIR-4", "no valid FHIR R4 Observation: an unknown element or a wrong type", place);
            return;
        }
        String hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
        ReceivedObservation received = new ReceivedObservation(file, observation, place, hash);
        ReceivedObservation.Proposal proposal = received.accept();
        if (proposal != null) {
            file.mapped();
            dense.propose(proposal, repeats ? piece : null, text);
        }
    }

    private void notMapped(String code, String rule, String text, String place) {
        file.issue(
                rule.equals("FHIR-1")
                        ? Issue.information(code, rule, text, place)
                        : Issue.error(code, rule, text, place));
    }
}
