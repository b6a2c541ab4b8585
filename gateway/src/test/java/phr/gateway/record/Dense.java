package phr.gateway.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.LabelBasis;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Hole;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;
import phr.fhir.validate.Validated;
import phr.fhir.validate.ValidatedBatches;

/** Invented dense samples of one person: heart rates of a watch. */
final class Dense {

    static final String HEART_RATE = "http://loinc.org|8867-4";
    static final String STEPS = "http://loinc.org|55423-8";
    static final String STORE = "urn:example:watch";

    private final PersonId person;
    private final Shape shape;

    private Dense(PersonId person, Shape shape) {
        this.person = person;
        this.shape = shape;
    }

    static Dense heartRates(PersonId person) {
        return of(person, HEART_RATE, "phr-citizen", Labels.NORMAL);
    }

    static Dense of(PersonId person, String code, String source, Labels labels) {
        String patient = "Patient/" + person;
        Facts facts = new Facts(
                "Observation",
                Shape.NOBODY,
                null,
                source,
                "watch",
                Tokens.of(Set.of("lifelog-vitals")),
                Tokens.of(Set.of(code)),
                Tokens.of(Set.of(patient)),
                Set.of(patient),
                labels,
                DataTime.UNKNOWN,
                new LabelBasis(Set.of(PhrCategory.LIFELOG_VITALS), labels, List.of()));
        String bare = code.substring(code.indexOf('|') + 1);
        List<byte[]> pieces = List.of(
                bytes(",\"identifier\":[{\"system\":\"" + STORE + "\",\"value\":\""),
                bytes("\"}],\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\""
                        + bare + "\"}],\"text\":\"心拍数\"},\"subject\":{\"reference\":\"" + patient
                        + "\"},\"effectiveDateTime\":\""),
                bytes("\",\"valueQuantity\":{\"value\":"),
                bytes(",\"unit\":\"/min\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"/min\"}}"));
        return new Dense(
                person,
                new Shape(
                        List.of(Hole.IDENTIFIER, Hole.START, Hole.NUMBER),
                        pieces,
                        facts,
                        STORE,
                        "",
                        null,
                        List.of("http://example.org/p"),
                        Map.of(
                                "code", Set.of(code),
                                "combo-code", Set.of(code),
                                "status", Set.of("http://hl7.org/fhir/observation-status|final")),
                        STORE));
    }

    /** Steps of a phone, which take their time. */
    static Dense steps(PersonId person) {
        Shape once = of(person, STEPS, "phr-citizen", Labels.NORMAL).shape;
        List<byte[]> pieces = new ArrayList<>(once.pieces());
        String start = new String(pieces.get(1), StandardCharsets.UTF_8);
        pieces.set(1, bytes(start.replace("\"effectiveDateTime\":\"", "\"effectivePeriod\":{\"start\":\"")));
        pieces.set(2, bytes("\"},\"valueQuantity\":{\"value\":"));
        pieces.add(2, bytes("\",\"end\":\""));
        pieces.set(4, bytes(",\"unit\":\"歩\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"{steps}\"}}"));
        return new Dense(
                person,
                new Shape(
                        List.of(Hole.IDENTIFIER, Hole.START, Hole.END, Hole.NUMBER),
                        pieces,
                        once.facts(),
                        STORE,
                        "",
                        null,
                        once.profiles(),
                        once.tokens(),
                        STORE));
    }

    /** Steps that a device counts, as an application writes them. */
    static Dense stepsOf(PersonId person, String device, String app, String sender) {
        Shape once = steps(person).shape;
        List<byte[]> pieces = new ArrayList<>(once.pieces());
        String end = new String(pieces.get(4), StandardCharsets.UTF_8);
        pieces.set(
                4,
                bytes(end.substring(0, end.length() - 1)
                        + ",\"contained\":[{\"resourceType\":\"Device\",\"id\":\"device\",\"deviceName\":[{\"name\":\""
                        + device
                        + "\",\"type\":\"model-name\"},{\"name\":\"" + app
                        + "\",\"type\":\"user-friendly-name\"}]}],\"device\":{\"reference\":\"#device\"}}"));
        Facts facts = once.facts();
        Facts sent = new Facts(
                facts.type(),
                facts.id(),
                null,
                sender,
                device,
                facts.categories(),
                facts.codes(),
                facts.authors(),
                facts.linksOut(),
                facts.labels(),
                facts.time(),
                facts.basis());
        return new Dense(
                person, new Shape(once.holes(), pieces, sent, STORE, "", null, once.profiles(), once.tokens(), STORE));
    }

    /** Samples that are decided like the resource of these facts, but refer to the person only. */
    static Dense like(PersonId person, Facts facts, String prefix) {
        Shape shape = heartRates(person).shape;
        Facts shared = new Facts(
                "Observation",
                Shape.NOBODY,
                facts.documentType(),
                facts.source(),
                facts.device(),
                facts.categories(),
                facts.codes(),
                facts.authors(),
                Set.of("Patient/" + person),
                facts.labels(),
                DataTime.UNKNOWN,
                new LabelBasis(Set.of(), facts.labels(), List.of()));
        return new Dense(
                person,
                new Shape(
                        shape.holes(),
                        shape.pieces(),
                        shared,
                        STORE,
                        prefix,
                        null,
                        shape.profiles(),
                        shape.tokens(),
                        STORE));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Shape shape() {
        return shape;
    }

    Sample at(String key, Instant time, String value) {
        return sample(key, moment(time), null, value);
    }

    Sample during(String key, Instant start, Instant end, String value) {
        return sample(key, moment(start), moment(end), value);
    }

    private Sample sample(String key, Moment start, @Nullable Moment end, String value) {
        return new Sample(shape, id(key), key, start, end, null, List.of(Objects.requireNonNull(Decimal.parse(value))));
    }

    private static Moment moment(Instant time) {
        return Objects.requireNonNull(Moment.parse(time.toString()));
    }

    /** Number {@code i} of a watch that measures once a minute, with a value that follows from it. */
    Sample minute(int i) {
        return at("hr-" + i, Instant.parse("2026-04-01T00:00:00Z").plusSeconds(60L * i), Integer.toString(60 + i % 40));
    }

    UUID id(String key) {
        return Ids.v5(
                Ids.namespace(phr.gateway.record.Sample.OWN),
                person + "|" + shape.namespace() + "|" + shape.prefix() + key);
    }

    Validated batch(List<Sample> samples) {
        return ValidatedBatches.of(phr.gateway.record.Sample.intake(person), samples);
    }

    Validated batch(Sample... samples) {
        return batch(List.of(samples));
    }
}
