package phr.fhir.validate;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.catalogue.FactsReader;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Issue;
import phr.fhir.label.LabelTables;
import phr.fhir.normalise.Carried;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.Reading;

/**
 * Structural validation of a batch: one bad resource is left out with an issue, the others go on. Stateless.
 *
 * <p>A resource in which a My Number is found is left out (REQ-SEC-2), and so is every original of the file from then on,
 * with the DocumentReference that describes it: the bytes would hold the number. Provenance then names the original by its
 * hash only. The sender is told to mask the number and send the file again.
 */
public final class Validator {

    private final LabelTables tables;

    /** With the label tables that come with the product. */
    public Validator() {
        this(LabelTables.bundled());
    }

    public Validator(LabelTables tables) {
        this.tables = tables;
    }

    /** Everything that is found in the batch, in the order of its drafts. */
    public Validated validate(Normalised batch) {
        return new Pass(batch, tables).validated();
    }

    private static final class Pass {

        private final Intake intake;
        private final Reading reading;
        private final List<Draft> drafts;
        private final Map<UUID, Original> originals;
        private final List<Issue> issues = new ArrayList<>();
        private final IParser parser = Fhir.json();
        private final LabelTables tables;

        Pass(Normalised batch, LabelTables tables) {
            this.tables = tables;
            intake = batch.intake();
            reading = batch.reading();
            originals = new LinkedHashMap<>();
            batch.originals().forEach(original -> originals.put(original.documentReference(), original));
            drafts = inspect(batch.drafts());
        }

        Validated validated() {
            List<Original> kept = reading.originalRefused() ? List.of() : List.copyOf(originals.values());
            if (reading.originalRefused() && !originals.isEmpty()) {
                issues.add(
                        Issue.error(
                                "business-rule",
                                "REQ-SEC-2",
                                "the original is not kept: it holds what looks like a My Number; mask it and send the file again"));
            }
            Map<Draft, Facts> facts = facts();
            List<Document> documents = new ArrayList<>();
            drafts.forEach(draft -> encode(draft, Objects.requireNonNull(facts.get(draft)), documents));
            return new Validated(intake, documents, List.of(), kept, issues);
        }

        /** Leaves out what does not pass; whatever refers to it later finds that in the reading. */
        private List<Draft> inspect(List<Draft> proposed) {
            List<Draft> passed = new ArrayList<>();
            for (Draft draft : proposed) {
                Inspection inspection =
                        Inspection.of(draft.resource(), intake.account().person(), draft.categories() == null);
                inspection.errors().forEach(issue -> issues.add(located(draft, issue)));
                inspection.warnings().forEach(issue -> issues.add(located(draft, issue)));
                if (inspection.foundMyNumber()) {
                    reading.refuseOriginal();
                }
                if (inspection.errors().isEmpty()) {
                    passed.add(draft);
                } else {
                    reading.leaveOut(reference(draft));
                }
            }
            if (reading.originalRefused()) {
                originals.keySet().forEach(id -> reading.leaveOut("DocumentReference/" + id));
            }
            passed.removeIf(draft -> reading.leftOut(reference(draft)));
            passed.removeIf(draft -> draft.resource() instanceof Provenance provenance && !prune(provenance));
            return passed;
        }

        /** Takes out what was left out; false when nothing remains that the Provenance could speak of. */
        private boolean prune(Provenance provenance) {
            provenance.getTarget().removeIf(target -> reading.leftOut(String.valueOf(target.getReference())));
            provenance.getEntity().stream()
                    .filter(entity ->
                            reading.leftOut(String.valueOf(entity.getWhat().getReference())))
                    .forEach(entity -> entity.getWhat().setReference(null));
            return !provenance.getTarget().isEmpty();
        }

        /** Originals last: they carry the labels of everything mapped from them. */
        private Map<Draft, Facts> facts() {
            Map<Draft, Facts> facts = new HashMap<>();
            Map<String, Carried> mapped = new HashMap<>();
            for (Draft draft : drafts) {
                if (originalOf(draft) == null) {
                    Facts read = FactsReader.read(
                            draft.resource(), source(draft), draft.categories(), draft.labels(), tables);
                    facts.put(draft, read);
                    if (draft.categories() != null) {
                        mapped.put(reference(draft), Carried.of(read));
                    }
                }
            }
            mapped.values().forEach(reading::carry);
            Set<String> present = drafts.stream().map(Pass::reference).collect(Collectors.toSet());
            drafts.forEach(draft -> carry(draft, mapped, present));
            for (Draft draft : drafts) {
                Original original = originalOf(draft);
                if (original != null) {
                    facts.put(draft, original(draft, original));
                }
            }
            return facts;
        }

        /** A Provenance whose targets are all of this batch says from which part of the file they came. */
        private void carry(Draft draft, Map<String, Carried> mapped, Set<String> present) {
            if (!(draft.resource() instanceof Provenance provenance)) {
                return;
            }
            List<String> targets = provenance.getTarget().stream()
                    .map(target -> String.valueOf(target.getReference()))
                    .toList();
            if (!present.containsAll(targets)) {
                return;
            }
            for (Provenance.ProvenanceEntityComponent entity : provenance.getEntity()) {
                String original = String.valueOf(entity.getWhat().getReference());
                targets.stream()
                        .map(mapped::get)
                        .filter(Objects::nonNull)
                        .forEach(carried -> reading.carry(original, carried));
            }
        }

        /** An original from which nothing was mapped is opaque: nobody can label it yet. */
        private Facts original(Draft draft, Original original) {
            Carried carried = reading.carried(reference(draft));
            Set<PhrCategory> categories = EnumSet.of(PhrCategory.RAW_FILE);
            categories.addAll(original.mapped());
            categories.addAll(carried.categories());
            boolean opaque = draft.labels() != null && !draft.labels().labelled();
            Labels labels = opaque ? Labels.UNLABELLED : carried.labels();
            return FactsReader.read(draft.resource(), source(draft), categories, labels, tables);
        }

        private @Nullable Original originalOf(Draft draft) {
            return originals.get(UUID.fromString(draft.resource().getIdElement().getIdPart()));
        }

        /** The service that the data came from: a foreign namespace, else the sending application. */
        private String source(Draft draft) {
            String namespace = draft.source().namespace();
            return namespace.startsWith("http") && !namespace.equals(intake.ownNamespace())
                    ? namespace
                    : intake.client();
        }

        private void encode(Draft draft, Facts facts, List<Document> documents) {
            Resource resource = draft.resource();
            Meta meta = resource.getMeta();
            Map<String, Set<String>> tokens = SearchTokens.of(resource);
            try {
                resource.setMeta(null);
                byte[] json = parser.encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
                List<String> profiles =
                        meta.getProfile().stream().map(PrimitiveType::getValue).collect(Collectors.toList());
                documents.add(new Document(facts, draft.source(), profiles, tokens, json));
            } catch (DataFormatException e) {
                issues.add(Issue.error(
                        "structure", "VAL-11", "the resource cannot be written as FHIR JSON", resource.fhirType()));
            } finally {
                resource.setMeta(meta);
            }
        }

        private static Issue located(Draft draft, Issue issue) {
            return draft.place() == null ? issue : issue.at(draft.place());
        }

        private static String reference(Draft draft) {
            return draft.resource().fhirType() + "/"
                    + draft.resource().getIdElement().getIdPart();
        }
    }
}
