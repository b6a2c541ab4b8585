package phr.gateway.ingest;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import phr.fhir.label.LabelTables;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.apple.AppleFormat;
import phr.fhir.normalise.checkup.CheckupFormat;
import phr.fhir.normalise.lifelog.FhirFormat;
import phr.fhir.normalise.lifelog.OpenMhealthFormat;
import phr.fhir.normalise.medication.NotebookFormat;
import phr.fhir.normalise.other.OtherFormat;
import phr.fhir.validate.Validator;

/** The source families this gateway reads, most particular first. */
public final class Formats {

    private Formats() {}

    public static List<Format> all() {
        return List.of(
                new AppleFormat(),
                new NotebookFormat(),
                new CheckupFormat(),
                new FhirFormat(),
                new OpenMhealthFormat(),
                new OtherFormat());
    }

    @Produces
    @Singleton
    static Normalisation normalisation() {
        return new Normalisation(all());
    }

    @Produces
    @Singleton
    static Validator validator(LabelTables tables) {
        return new Validator(tables);
    }
}
