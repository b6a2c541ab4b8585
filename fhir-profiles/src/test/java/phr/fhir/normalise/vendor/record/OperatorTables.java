package phr.fhir.normalise.vendor.record;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.GoldenCases;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Packer;
import phr.fhir.normalise.Report;
import phr.fhir.normalise.checkup.CheckupFormat;
import phr.fhir.normalise.mynaportal.DeclaredFormat;
import phr.fhir.normalise.other.OtherFormat;
import phr.fhir.normalise.vendor.VendorFormat;
import phr.fhir.normalise.vendor.table.VendorTables;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** Files of invented layouts through the tables that an operator would write for them, {@code source-tables}. */
final class OperatorTables {

    private OperatorTables() {}

    static VendorTables tables() {
        try {
            return VendorTables.bundled()
                    .with(Path.of(Objects.requireNonNull(OperatorTables.class.getResource("/source-tables"))
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Format> formats() {
        VendorFormat vendor = new VendorFormat(tables());
        return Stream.concat(
                        Stream.of(vendor, new CheckupFormat(), new OtherFormat()), DeclaredFormat.all(vendor).stream())
                .toList();
    }

    static Intake intake(byte[] content, @Nullable String format) {
        Intake any = Batches.intake(content);
        return new Intake(
                any.account(),
                Content.of(content),
                any.submitter(),
                any.client(),
                any.ownNamespace(),
                any.received(),
                false,
                format);
    }

    /** The file of a golden folder; {@code format} beside it is what its sender insists on. */
    static GoldenCases.Answer answer(Path folder, byte[] content, boolean fast) throws IOException {
        Path insisted = folder.resolve("format");
        return answer(
                content, Files.exists(insisted) ? Files.readString(insisted).strip() : null, fast);
    }

    static GoldenCases.Answer answer(byte[] content, @Nullable String format, boolean fast) throws IOException {
        Validator validator = new Validator();
        List<String> lines = new ArrayList<>();
        List<String> resources = new ArrayList<>();
        List<String> issues = new ArrayList<>();
        List<Content> originals = new ArrayList<>();
        Report report = new Normalisation(formats())
                .normalise(intake(content, format), fast ? validator::pack : Packer.NONE, batch -> {
                    Validated validated = validator.validate(batch);
                    validated.issues().forEach(issue -> issues.add(GoldenCases.line(issue)));
                    validated.originals().forEach(original -> originals.add(original.content()));
                    for (Document document : validated.documents()) {
                        String json = new String(document.json(), StandardCharsets.UTF_8);
                        resources.add(json);
                        if (!document.facts().type().equals("Provenance")) {
                            lines.add(json);
                            lines.add(facts(document));
                        }
                    }
                });
        report.documents().forEach(row -> issues.add(row.toString()));
        report.issues().forEach(issue -> issues.add(GoldenCases.line(issue)));
        return new GoldenCases.Answer(
                java.util.Map.of("expected.ndjson", lines, "expected.issues", issues), resources, originals);
    }

    private static String facts(Document document) {
        return "# " + document.facts().categories().values().stream().sorted().toList() + " "
                + (document.facts().labels().labelled() ? "" : "unlabelled ")
                + document.facts().labels().confidentiality() + " "
                + document.facts().labels().sensitivities().stream().sorted().toList() + " "
                + document.facts().time().from() + " " + document.facts().time().to();
    }
}
