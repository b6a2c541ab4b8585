package phr.deploy.bench.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import phr.fhir.PersonId;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.label.LabelTables;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Placed;
import phr.fhir.normalise.lifelog.FhirFormat;
import phr.fhir.sample.Sample;
import phr.fhir.validate.Validator;

/** A day of one person's watch, a sample a minute, as the pipeline makes samples of it. */
final class HeartRates {

    static final int DAY = 1440;

    static final PersonId PERSON = new PersonId(UUID.fromString("00000000-0000-4000-8000-000000000001"));
    private static final String NAMESPACE = "https://phr-gateway.example/fhir";
    private static final Validator VALIDATOR = new Validator(LabelTables.bundled());
    private static final Normalisation NORMALISATION = new Normalisation(List.of(new FhirFormat()));
    private static final Instant RECEIVED = Instant.parse("2026-06-01T00:00:00Z");

    private HeartRates() {}

    /** The file that a watch sends, one Observation a line. */
    static byte[] ndjson() {
        return Lifelogs.heartRateNdjson(OffsetDateTime.parse("2026-05-01T00:00:00+09:00"), DAY);
    }

    static List<Sample> samples(byte[] ndjson) {
        List<Sample> samples = new ArrayList<>();
        try {
            NORMALISATION.normalise(intake(ndjson), VALIDATOR::pack, batch -> batch.samples().stream()
                    .map(Placed::sample)
                    .forEach(samples::add));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        if (samples.size() != DAY) {
            throw new IllegalStateException("the samples are not packed");
        }
        return samples;
    }

    private static Intake intake(byte[] file) {
        Account account = new Account(PERSON, null, null, AdministrativeGender.FEMALE, null);
        return new Intake(account, Content.of(file), "Patient/" + PERSON, "app", NAMESPACE, RECEIVED, false, null);
    }
}
