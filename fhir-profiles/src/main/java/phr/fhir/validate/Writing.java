package phr.fhir.validate;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.catalogue.FactsReader;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.label.LabelTables;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Intake;

/** Writes what has passed as it is kept: facts, search tokens, bytes. */
final class Writing {

    private final Intake intake;
    private final LabelTables tables;
    private final IParser parser = Fhir.json();

    Writing(Intake intake, LabelTables tables) {
        this.intake = intake;
        this.tables = tables;
    }

    Facts facts(Draft draft) {
        return facts(draft, draft.categories(), draft.labels());
    }

    Facts facts(Draft draft, @Nullable Set<PhrCategory> categories, @Nullable Labels labels) {
        return FactsReader.read(draft.resource(), source(draft), categories, labels, tables);
    }

    /** Null when the resource cannot be written as FHIR JSON. */
    @Nullable
    Document document(Draft draft, Facts facts) {
        Resource resource = draft.resource();
        Meta meta = resource.getMeta();
        Map<String, Set<String>> tokens = SearchTokens.of(resource);
        try {
            resource.setMeta(null);
            byte[] json = parser.encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
            List<String> profiles =
                    meta.getProfile().stream().map(PrimitiveType::getValue).toList();
            return new Document(facts, draft.source(), profiles, tokens, json);
        } catch (DataFormatException e) {
            return null;
        } finally {
            resource.setMeta(meta);
        }
    }

    /** The service that the data came from: a foreign namespace, else the sending application. */
    private String source(Draft draft) {
        String namespace = draft.source().namespace();
        return namespace.startsWith("http") && !namespace.equals(intake.ownNamespace()) ? namespace : intake.client();
    }
}
