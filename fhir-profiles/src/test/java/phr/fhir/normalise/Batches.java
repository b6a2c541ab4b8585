package phr.fhir.normalise;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import phr.fhir.PersonId;

/** Intakes and batches for tests of the stages. */
public final class Batches {

    public static final PersonId PERSON = PersonId.parse("0b8f7a52-3c1e-4f60-9d5b-6a2f1e4c7d80");
    public static final String OWN = "https://phr-a.example/fhir";

    private Batches() {}

    public static Intake intake(byte[] content) {
        return intake(Content.of(content));
    }

    public static Intake intake(Content content) {
        Account account =
                new Account(PERSON, "山田 花子", "ヤマダ ハナコ", AdministrativeGender.FEMALE, LocalDate.of(1980, 4, 1));
        return new Intake(
                account,
                content,
                "Patient/" + PERSON,
                "phr-citizen",
                OWN,
                Instant.parse("2026-04-02T00:00:00Z"),
                false,
                null);
    }

    /** A batch as a format would hand it on. */
    public static Normalised of(Draft... drafts) {
        return new Normalised(intake(new byte[0]), new Reading(), List.of(drafts), List.of());
    }

    public static Normalised of(List<Draft> drafts, List<Original> originals) {
        return new Normalised(intake(new byte[0]), new Reading(), drafts, originals);
    }

    /** Everything one format makes of one file. */
    public static Result read(Format format, byte[] content) throws java.io.IOException {
        List<Normalised> batches = new ArrayList<>();
        Report report = new Normalisation(List.of(format)).normalise(intake(content), batches::add);
        return new Result(report, batches);
    }

    public record Result(Report report, List<Normalised> batches) {}
}
