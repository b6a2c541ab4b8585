package phr.fhir.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.parser.LenientErrorHandler;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.Fhir;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.Patients;
import phr.fhir.normalise.SourceIdentity;

class ValidatorTest {

    private static final String MY_NUMBER = "1234-5678-9018";
    private final Validator validator = new Validator();

    static Observation weight() {
        Observation weight = new Observation();
        weight.setId("6a1f0c1e-8f0b-5c7d-9a52-0c9f6f6f0a01");
        weight.setStatus(ObservationStatus.FINAL);
        weight.addCategory()
                .addCoding(new Coding(
                        "http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs", "Vital Signs"));
        weight.setCode(new CodeableConcept(new Coding("http://loinc.org", "29463-7", "Body weight")));
        weight.setSubject(new Reference("Patient/" + Batches.PERSON));
        weight.setEffective(new DateTimeType("2026-04-01T07:00:00+09:00"));
        weight.setValue(new Quantity(null, 54, "http://unitsofmeasure.org", "kg", "kg"));
        return weight;
    }

    private static Draft draft(org.hl7.fhir.r4.model.Resource resource) {
        return new Draft(
                resource,
                new SourceIdentity("urn:phr:derived-key", resource.getId(), null),
                Set.of(PhrCategory.LIFELOG_BODY),
                null);
    }

    @Test
    void aGoodResourceBecomesBytesThatBeginWithTypeAndIdAndHaveNoMeta() {
        Observation weight = weight();
        weight.getMeta().addProfile("https://example.com/weight").setVersionId("7");

        Document document = only(weight);

        String json = new String(document.json(), UTF_8);
        assertTrue(
                json.startsWith("{\"resourceType\":\"Observation\",\"id\":\"6a1f0c1e-8f0b-5c7d-9a52-0c9f6f6f0a01\","));
        assertFalse(json.contains("\"meta\""));
        assertEquals(List.of("https://example.com/weight"), document.profiles());
        assertEquals(List.of(), ReferenceValidator.errors(json));
    }

    @Test
    void searchTokensAndFactsComeFromTheResource() {
        Document document = only(weight());

        assertEquals(Set.of("http://loinc.org|29463-7"), document.tokens().get("code"));
        assertEquals(
                Set.of("http://hl7.org/fhir/observation-status|final"),
                document.tokens().get("status"));
        assertEquals(
                Set.of("http://terminology.hl7.org/CodeSystem/observation-category|vital-signs"),
                document.tokens().get("category"));
        assertEquals(Tokens.of(Set.of("lifelog-body")), document.facts().categories());
        assertEquals(Labels.NORMAL, document.facts().labels());
        assertEquals("phr-citizen", document.facts().source());
        assertEquals(
                "2026-03-31T22:00:00Z", String.valueOf(document.facts().time().from()));
    }

    @Test
    void thePatientOfAnAccountIsValid() {
        Validated validated = validator.validate(
                Batches.of(Patients.of(Batches.intake(new byte[0]).account(), Batches.OWN)));

        assertEquals(List.of(), validated.issues());
        String json = new String(validated.documents().get(0).json(), UTF_8);
        assertEquals(List.of(), ReferenceValidator.errors(json));
        assertTrue(json.contains("\"family\":\"山田\",\"given\":[\"花子\"]"));
    }

    /** Faults that both validators reject. */
    static Stream<Consumer<Observation>> faults() {
        return Stream.of(
                o -> o.setStatus(null),
                o -> o.setCode(null),
                o -> o.addComponent().setValue(new StringType("no code")),
                o -> o.setDataAbsentReason(new CodeableConcept().setText("beside a value")),
                o -> o.getValueQuantity().setSystem(null),
                o -> o.addExtension().setValue(new StringType("no url")),
                o -> o.addReferenceRange(),
                o -> o.setDevice(new Reference("#nowhere")),
                o -> o.addComponent().setCode(o.getCode()),
                o -> o.addNote().setAuthor(new StringType("no text")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatTheReferenceValidatorRejectsIsRejectedHere(Consumer<Observation> fault) {
        Observation broken = weight();
        fault.accept(broken);
        broken.getReferenceRange().forEach(range -> range.addExtension("https://example.com/y", new StringType("z")));

        assertFalse(ReferenceValidator.errors(lenient(broken)).isEmpty(), "a real fault");
        Validated validated = validator.validate(Batches.of(draft(broken), draft(second())));

        assertEquals(1, validated.documents().size(), "the other resource goes on");
        assertFalse(validated.issues().isEmpty());
        assertTrue(validated.issues().stream()
                .allMatch(issue -> issue.expressions().get(0).startsWith("Observation")));
    }

    /** Faults that are ours to find. */
    static Stream<Consumer<Observation>> ownFaults() {
        return Stream.of(
                o -> o.setId("no-uuid"),
                o -> o.addExtension().setUrl("https://example.com/x"),
                o -> o.setEncounter(new Reference("Device/1")),
                o -> o.setSubject(new Reference("Patient/11111111-2222-4333-8444-555555555555")),
                o -> o.setSubject(null),
                o -> o.getValueQuantity().setValue(new java.math.BigDecimal("1e400")),
                o -> o.addNote().setText("x".repeat(1024 * 1024 + 1)),
                o -> o.addNote().setText("bell \u0007"),
                o -> o.addNote().setText(MY_NUMBER),
                o -> o.addIdentifier().setValue("123456789018"),
                o -> o.getCode().addCoding(new Coding("https://unknown.example", "123456789018", null)),
                o -> o.setEffective(new DateTimeType("0026-04-01T07:00:00+09:00")));
    }

    @ParameterizedTest
    @MethodSource("ownFaults")
    void houseRulesLeaveTheResourceOut(Consumer<Observation> fault) {
        Observation broken = weight();
        fault.accept(broken);

        Validated validated = validator.validate(Batches.of(draft(broken)));

        assertEquals(0, validated.documents().size());
        assertEquals(1, validated.issues().size());
        assertFalse(validated.issues().toString().contains("5678"), "no value in an issue");
    }

    @Test
    void aCodeOfAKnownSystemIsNoMyNumber() {
        Observation coded = weight();
        coded.getCode().addCoding(new Coding("urn:oid:1.2.392.200119.4.403.1", "123456789018", null));

        assertEquals(1, validator.validate(Batches.of(draft(coded))).documents().size());
    }

    @Test
    void neighboursInASeriesOfMeasurementsAreNoMyNumber() {
        assertEquals(
                1,
                validator
                        .validate(Batches.of(draft(series("1234 5678 9018"))))
                        .documents()
                        .size());
        assertEquals(
                0,
                validator
                        .validate(Batches.of(draft(series("812 123456789018"))))
                        .documents()
                        .size());
    }

    private static Observation series(String data) {
        Observation series = weight();
        series.setValue(new SampledData()
                .setOrigin(new Quantity(0))
                .setPeriod(1000)
                .setDimensions(1)
                .setData(data));
        return series;
    }

    @Test
    void aReversedPeriodIsKeptWithUnknownTimeAndAWarning() {
        Observation reversed = weight();
        Period period = new Period();
        period.setStartElement(new DateTimeType("2026-04-02T07:00:00+09:00"));
        period.setEndElement(new DateTimeType("2026-04-01T07:00:00+09:00"));
        reversed.setEffective(period);

        Validated validated = validator.validate(Batches.of(draft(reversed)));

        assertFalse(validated.documents().get(0).facts().time().known());
        assertEquals("per-1", validated.issues().get(0).rule());
    }

    @Test
    void aMyNumberInOneResourceKeepsTheOriginalOutAndProvenanceNamesItByHash() {
        Observation bad = weight();
        bad.addNote().setText(MY_NUMBER);
        Observation good = second();
        UUID document = UUID.fromString("3d0c9a6e-6f5b-4f39-8d05-7c70ce2a4f11");
        Provenance provenance = provenance(List.of(bad, good), document);

        Validated validated = validator.validate(Batches.of(
                List.of(draft(describing(document)), draft(bad), draft(good), supporting(provenance)),
                List.of(original(document))));

        assertEquals(List.of(), validated.originals());
        assertEquals(
                List.of("Observation", "Provenance"),
                validated.documents().stream().map(d -> d.facts().type()).toList());
        String json = new String(validated.documents().get(1).json(), UTF_8);
        assertFalse(json.contains("DocumentReference/"), "no reference to what is not kept");
        assertFalse(json.contains(bad.getIdElement().getIdPart()), "no reference to what was left out");
        assertTrue(validated.issues().stream().allMatch(issue -> issue.rule().equals("REQ-SEC-2")));
    }

    @Test
    void anOriginalCarriesCategoriesAndLabelsOfWhatWasMapped() {
        UUID document = UUID.fromString("3d0c9a6e-6f5b-4f39-8d05-7c70ce2a4f11");
        Observation sensitive = weight();
        sensitive.getMeta().addSecurity(new Coding(Labels.SENSITIVITY_SYSTEM, "HIV", null));

        Validated validated = validator.validate(
                Batches.of(List.of(draft(describing(document)), draft(sensitive)), List.of(original(document))));

        assertEquals(
                Set.of("raw-file", "lifelog-body"),
                validated.documents().get(0).facts().categories().values());
        assertEquals(
                Set.of("HIV"), validated.documents().get(0).facts().labels().sensitivities());
        assertEquals(1, validated.originals().size());
    }

    private static String lenient(Observation broken) {
        return Fhir.context()
                .newJsonParser()
                .setParserErrorHandler(new LenientErrorHandler(false))
                .encodeResourceToString(broken);
    }

    private static Observation second() {
        Observation good = weight();
        good.setId("6a1f0c1e-8f0b-5c7d-9a52-0c9f6f6f0a02");
        return good;
    }

    private static Original original(UUID document) {
        return new Original(
                "omh",
                "application/json",
                Content.of(new byte[] {'{', '}'}),
                UUID.randomUUID(),
                document,
                Set.of(PhrCategory.LIFELOG_BODY));
    }

    private static DocumentReference describing(UUID id) {
        DocumentReference reference = new DocumentReference();
        reference.setId(id.toString());
        reference.setStatus(DocumentReferenceStatus.CURRENT);
        reference.setSubject(new Reference("Patient/" + Batches.PERSON));
        reference.addContent().getAttachment().setContentType("application/json");
        return reference;
    }

    private static Draft supporting(Provenance provenance) {
        return new Draft(provenance, new SourceIdentity(Batches.OWN, provenance.getId(), null), null, null);
    }

    private static Provenance provenance(List<Observation> targets, UUID document) {
        Provenance provenance = new Provenance();
        provenance.setId("9f0c9a6e-6f5b-4f39-8d05-7c70ce2a4f12");
        targets.forEach(target -> provenance.addTarget(
                new Reference("Observation/" + target.getIdElement().getIdPart())));
        provenance.setRecordedElement(new InstantType("2026-04-02T00:00:00Z"));
        provenance.addAgent().setWho(new Reference("Patient/" + Batches.PERSON));
        Reference what = new Reference("DocumentReference/" + document);
        what.getIdentifier().setSystem("urn:ietf:rfc:3986").setValue("ni:///sha-256;x");
        provenance.addEntity().setRole(Provenance.ProvenanceEntityRole.SOURCE).setWhat(what);
        return provenance;
    }

    private Document only(Observation observation) {
        Validated validated = validator.validate(Batches.of(draft(observation)));
        assertEquals(List.of(), validated.issues());
        return validated.documents().get(0);
    }
}
