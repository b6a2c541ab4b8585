package phr.gateway.record.postgres;

import com.github.luben.zstd.ZstdDictTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import phr.fhir.PersonId;
import phr.fhir.facts.Facts;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.People;
import phr.fhir.jp.Generation;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validator;
import phr.gateway.ingest.Formats;

/**
 * Makes a dictionary for {@link Envelope} from what the normalisers make of invented files. What has been compressed with a dictionary
 * is lost without it: a new one belongs to a new layout and a new file, beside the old ones.
 */
final class TrainedEnvelopes {

    private static final int SIZE = 96 * 1024;
    private static final int ROUNDS = 40;

    private final Random random = new Random(20261122);
    private final Validator validator = new Validator();
    private final Normalisation normalisation = new Normalisation(Formats.all());
    private final List<byte[]> envelopes = new ArrayList<>();

    private TrainedEnvelopes() {}

    /** @param arguments the file to write, then the directory of the golden lifelog files */
    public static void main(String[] arguments) throws IOException {
        TrainedEnvelopes trained = new TrainedEnvelopes();
        for (int round = 0; round < ROUNDS; round++) {
            trained.checkups(round);
            trained.lifelogs(Path.of(arguments[1]), round);
        }
        Collections.shuffle(trained.envelopes, trained.random);
        int bytes =
                trained.envelopes.stream().mapToInt(envelope -> envelope.length).sum();
        ZstdDictTrainer trainer = new ZstdDictTrainer(bytes, SIZE);
        trained.envelopes.forEach(trainer::addSample);
        Files.write(Path.of(arguments[0]), trainer.trainSamples());
    }

    private void checkups(int round) throws IOException {
        LocalDate day = LocalDate.of(2019, 4, 1).plusDays(random.nextInt(2500));
        List<Checkup> some = List.of(
                Checkups.hanako2025().on(day),
                Checkups.taro2025().on(day.plusDays(3)),
                Checkups.hanako2019(),
                Checkups.everyItem(People.RYOKO, Generation.FY2024, round),
                Checkups.everyItem(People.SHIGE, Generation.FY2018, round));
        for (Checkup checkup : some) {
            read(checkup.ticket("%011d".formatted(random.nextLong(100_000_000_000L)))
                    .zip());
        }
    }

    private void lifelogs(Path golden, int round) throws IOException {
        read(Lifelogs.stepsWeek(UUID.nameUUIDFromBytes(new byte[] {(byte) round}), LocalDate.of(2025, 6, 9)));
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("in."))
                    .toList()) {
                read(Files.readAllBytes(file));
            }
        }
    }

    private void read(byte[] file) throws IOException {
        PersonId person = new PersonId(new UUID(random.nextLong(), random.nextLong()));
        Account account = new Account(
                person,
                "山田 花子",
                "ヤマダ ハナコ",
                org.hl7.fhir.r4.model.Enumerations.AdministrativeGender.FEMALE,
                LocalDate.of(1980, 4, 1));
        Instant received = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));
        Intake intake = new Intake(
                account,
                person.toString(),
                Content.of(file),
                "Patient/" + person,
                "phr-citizen",
                "https://phr.example/fhir",
                received,
                true,
                null);
        normalisation.normalise(intake, batch -> validator
                .validate(batch)
                .documents()
                .forEach(document -> envelopes.add(envelope(document, received))));
    }

    private static byte[] envelope(Document document, Instant received) {
        Facts facts = document.facts();
        return new Envelope(
                        document.source(),
                        List.copyOf(facts.categories().values()),
                        List.copyOf(facts.linksOut()),
                        LabelOrigin.of(facts, null),
                        Meta.spliced(document, facts.id(), 1, received, facts.labels()))
                .plain();
    }
}
