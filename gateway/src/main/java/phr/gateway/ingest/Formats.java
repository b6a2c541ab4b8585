package phr.gateway.ingest;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.label.LabelTables;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.apple.AppleFormat;
import phr.fhir.normalise.checkup.CheckupFormat;
import phr.fhir.normalise.clinical.ClinicalFormat;
import phr.fhir.normalise.healthconnect.HealthConnectFormat;
import phr.fhir.normalise.lifelog.OpenMhealthFormat;
import phr.fhir.normalise.medication.NotebookFormat;
import phr.fhir.normalise.mynaportal.DeclaredFormat;
import phr.fhir.normalise.other.OtherFormat;
import phr.fhir.normalise.samples.SamplesFormat;
import phr.fhir.normalise.vendor.VendorFormat;
import phr.fhir.normalise.vendor.table.VendorTables;
import phr.fhir.validate.Validator;

/** The source families this gateway reads, most particular first. */
public final class Formats {

    private Formats() {}

    public static List<Format> all() {
        return all(VendorTables.bundled());
    }

    public static List<Format> all(VendorTables tables) {
        VendorFormat vendor = new VendorFormat(tables);
        List<Format> byContent = List.of(
                new AppleFormat(),
                new NotebookFormat(),
                new HealthConnectFormat(tables),
                new ClinicalFormat(),
                new OpenMhealthFormat(),
                new SamplesFormat(),
                vendor,
                new CheckupFormat(),
                new OtherFormat());
        // behind those that know files by their content: only a sender who names them finds these
        return Stream.concat(byContent.stream(), DeclaredFormat.all(vendor).stream())
                .toList();
    }

    @Produces
    @Singleton
    static Normalisation normalisation(VendorTables tables) {
        return new Normalisation(all(tables));
    }

    /** A table with a fault stops the start: a gateway without it would keep files unread. */
    @Produces
    @Singleton
    @Startup
    static VendorTables vendorTables(@ConfigProperty(name = "phr.source.tables") Optional<String> directory) {
        try {
            return directory.isEmpty()
                    ? VendorTables.bundled()
                    : VendorTables.bundled().with(Path.of(directory.get()));
        } catch (FailureException e) {
            throw new IllegalStateException(
                    "phr.source.tables: "
                            + e.failure().issues().stream().map(Formats::line).collect(Collectors.joining("; ")),
                    e);
        }
    }

    private static String line(Issue issue) {
        String file = issue.entry() == null ? "" : issue.entry() + ", ";
        return file + String.join(", ", issue.expressions()) + ": " + issue.text();
    }

    @Produces
    @Singleton
    static Validator validator(LabelTables tables) {
        return new Validator(tables);
    }
}
