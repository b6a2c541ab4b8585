package phr.fhir.validate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;
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
import phr.fhir.normalise.Placed;
import phr.fhir.normalise.Reading;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;

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

    /** The validator's word on a draft of a file that is being read: {@link phr.fhir.normalise.Packer}. */
    public Optional<Sample> pack(Intake intake, Reading reading, Draft draft) {
        Inspection inspection = Inspection.of(draft.resource(), intake.account().person(), draft.categories() == null);
        if (!inspection.errors().isEmpty() || !inspection.warnings().isEmpty()) {
            return Optional.empty();
        }
        Writing writing = new Writing(intake, tables);
        Document document = writing.document(draft, writing.facts(draft));
        return document == null ? Optional.empty() : new Packing(reading.shapes()).like(document);
    }

    private static final class Pass {

        private final Intake intake;
        private final Reading reading;
        private final List<Draft> drafts;
        private final Map<UUID, Original> originals;
        private final List<Issue> issues = new ArrayList<>();
        private final List<Draft> proposed;
        private final List<Placed> samples;
        private final Writing writing;
        private final Packing packing;

        Pass(Normalised batch, LabelTables tables) {
            proposed = batch.drafts();
            intake = batch.intake();
            reading = batch.reading();
            writing = new Writing(intake, tables);
            packing = new Packing(reading.shapes());
            originals = new LinkedHashMap<>();
            batch.originals().forEach(original -> originals.put(original.documentReference(), original));
            drafts = inspect(proposed);
            samples = passed(batch.samples());
        }

        Validated validated() {
            List<Original> kept = reading.originalRefused() ? List.of() : List.copyOf(originals.values());
            Issue refusal = reading.refusal();
            if (refusal != null && !originals.isEmpty()) {
                issues.add(refusal);
            }
            Sorting sorting = sorting(facts());
            return new Validated(intake, sorting.documents(), sorting.samples(), kept, issues);
        }

        private Sorting sorting(Map<Draft, Facts> facts) {
            Sorting sorting = new Sorting();
            int next = 0;
            for (int i = 0; i < proposed.size(); i++) {
                for (; next < samples.size() && samples.get(next).before() <= i; next++) {
                    sorting.sample(samples.get(next).sample());
                }
                Facts read = facts.get(proposed.get(i));
                if (read != null) {
                    encode(proposed.get(i), read, sorting);
                }
            }
            samples.subList(next, samples.size()).forEach(placed -> sorting.sample(placed.sample()));
            sorting.sort();
            return sorting;
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

        /** What failed once is left out for the rest of the file, in whatever form it comes again. */
        private List<Placed> passed(List<Placed> proposed) {
            return reading.complete()
                    ? proposed
                    : proposed.stream()
                            .filter(placed -> !reading.leftOut(
                                    "Observation/" + placed.sample().id()))
                            .toList();
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
                    Facts read = writing.facts(draft);
                    facts.put(draft, read);
                    if (draft.categories() != null) {
                        mapped.put(reference(draft), Carried.of(read));
                    }
                }
            }
            mapped.values().forEach(reading::carry);
            Set<String> present = drafts.stream().map(Pass::reference).collect(Collectors.toSet());
            samples(mapped, present);
            drafts.forEach(draft -> carry(draft, mapped, present));
            for (Draft draft : drafts) {
                Original original = originalOf(draft);
                if (original != null) {
                    facts.put(draft, original(draft, original));
                }
            }
            return facts;
        }

        /** Samples share their labels with their shape; they are named one by one only where a Provenance may do so. */
        private void samples(Map<String, Carried> mapped, Set<String> present) {
            Map<Shape, Carried> shapes = new IdentityHashMap<>();
            Shape last = null;
            for (Placed placed : samples) {
                Shape shape = placed.sample().shape();
                if (shape != last) {
                    shapes.computeIfAbsent(shape, one -> Carried.of(one.facts()));
                    last = shape;
                }
            }
            shapes.values().forEach(reading::carry);
            if (drafts.stream().anyMatch(draft -> draft.resource() instanceof Provenance)) {
                for (Placed placed : samples) {
                    String reference = "Observation/" + placed.sample().id();
                    present.add(reference);
                    mapped.put(
                            reference,
                            Objects.requireNonNull(shapes.get(placed.sample().shape())));
                }
            }
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
            return writing.facts(draft, categories, labels);
        }

        private @Nullable Original originalOf(Draft draft) {
            return originals.get(UUID.fromString(draft.resource().getIdElement().getIdPart()));
        }

        private void encode(Draft draft, Facts read, Sorting sorting) {
            Document document = writing.document(draft, read);
            if (document == null) {
                issues.add(Issue.error(
                        "structure",
                        "VAL-11",
                        "the resource cannot be written as FHIR JSON",
                        draft.resource().fhirType()));
                return;
            }
            packing.sample(document).ifPresentOrElse(sorting::sample, () -> sorting.document(document));
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
