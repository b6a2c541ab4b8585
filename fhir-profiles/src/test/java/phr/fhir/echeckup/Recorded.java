package phr.fhir.echeckup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import phr.fhir.PersonId;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Person;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.Patients;
import phr.fhir.normalise.checkup.CheckupFormat;
import phr.fhir.normalise.clinical.ClinicalFormat;
import phr.fhir.validate.Unpacked;
import phr.fhir.validate.Validator;

/** What the record holds of one file: resources as they are stored, the person's own among them. */
record Recorded(List<ObjectNode> resources) {

    static final PersonId PERSON = PersonId.parse("0192a1b2-0000-7000-8000-0000000000a1");
    static final Instant NOW = Instant.parse("2026-04-02T00:00:00.123Z");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static Recorded of(Checkup checkup) {
        return of(checkup.xml(), checkup.person());
    }

    static Recorded of(byte[] cda, Person person) {
        return of(cda, person.account(PERSON), new CheckupFormat());
    }

    /** What our own reader makes of a document. */
    static Recorded ofDocument(CheckupBundle document, Person person) {
        return ofFhir(json(document).getBytes(StandardCharsets.UTF_8), person);
    }

    /** A checkup that came as FHIR. */
    static Recorded ofFhir(byte[] file, Person person) {
        return of(file, person.account(PERSON), new ClinicalFormat());
    }

    private static Recorded of(byte[] file, Account account, Format format) {
        List<ObjectNode> resources = new ArrayList<>();
        Intake intake = new Intake(
                account,
                Content.of(file),
                "Patient/" + PERSON,
                "phr-citizen",
                "https://phr-a.example/fhir",
                Instant.parse("2025-07-01T00:00:00Z"),
                false,
                null);
        List<Normalised> batches = new ArrayList<>(List.of(Patients.batch(intake)));
        try {
            new Normalisation(List.of(format)).normalise(intake, batches::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Normalised batch : batches) {
            Unpacked.of(batch, new Validator().validate(batch))
                    .forEach(document -> resources.add(tree(new String(document.json(), StandardCharsets.UTF_8))));
        }
        return new Recorded(resources);
    }

    static ObjectNode tree(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String json(CheckupBundle document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            document.writeTo(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    Stream<ObjectNode> all(String type) {
        return resources.stream()
                .filter(resource -> resource.path("resourceType").asText().equals(type));
    }

    /** The same without those that somebody may not see. */
    Recorded without(Predicate<ObjectNode> hidden) {
        return new Recorded(resources.stream().filter(hidden.negate()).toList());
    }

    Recorded without(String itemCode) {
        return without(resource -> code(resource).equals(itemCode));
    }

    static String code(JsonNode observation) {
        return observation.at("/code/coding/0/code").asText("");
    }

    StoredCheckup checkup() {
        return StoredCheckup.of(
                all("Encounter").findFirst().orElseThrow(),
                resources.stream().map(ObjectNode::deepCopy).toList());
    }

    CheckupBundle document() {
        return ECheckupForm.of(checkup(), NOW);
    }

    /** Rule and place of each remark, ids as stars. */
    static List<String> remarks(CheckupBundle document) {
        return document.issues().stream()
                .map(issue -> issue.severity() + " " + issue.rule() + " "
                        + String.join(", ", issue.expressions())
                                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "*"))
                .toList();
    }

    /** Resources of a document of one type. */
    static Stream<ObjectNode> in(CheckupBundle document, String type) {
        return document.entries().stream()
                .map(CheckupBundle.Entry::resource)
                .filter(resource -> resource.path("resourceType").asText().equals(type));
    }

    static ObjectNode only(CheckupBundle document, String type) {
        List<ObjectNode> found = in(document, type).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of type " + type);
        }
        return found.get(0);
    }

    static ObjectNode result(CheckupBundle document, String code) {
        return in(document, "Observation")
                .filter(observation -> code(observation).equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no result " + code));
    }
}
