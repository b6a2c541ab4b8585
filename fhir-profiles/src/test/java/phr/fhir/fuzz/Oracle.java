package phr.fhir.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Report;
import phr.fhir.normalise.apple.AppleFormat;
import phr.fhir.normalise.checkup.CheckupFormat;
import phr.fhir.normalise.clinical.ClinicalFormat;
import phr.fhir.normalise.healthconnect.HealthConnectFormat;
import phr.fhir.normalise.lifelog.OpenMhealthFormat;
import phr.fhir.normalise.medication.NotebookFormat;
import phr.fhir.normalise.other.OtherFormat;
import phr.fhir.normalise.samples.SamplesFormat;
import phr.fhir.normalise.vendor.VendorFormat;
import phr.fhir.normalise.vendor.table.VendorTables;
import phr.fhir.validate.Validator;

/**
 * What holds of any bytes: they are read or refused; whatever is found wrong is located, and no message repeats a number of the
 * file.
 */
final class Oracle {

    private static final String FURTHER_FINDINGS = "ING-2";

    /** What is said of a file as a whole. */
    private static final Set<String> OF_THE_FILE = Set.of(FURTHER_FINDINGS, "CDA-5.1", "REQ-SEC-2");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{4,}");

    private final Validator validator = new Validator();
    private final List<Format> formats = List.of(
            new AppleFormat(),
            new NotebookFormat(),
            new HealthConnectFormat(VendorTables.bundled()),
            new ClinicalFormat(),
            new OpenMhealthFormat(),
            new SamplesFormat(),
            new VendorFormat(VendorTables.bundled()),
            new CheckupFormat(),
            new OtherFormat());

    /**
     * Reads the bytes as each format that recognises them.
     *
     * @throws AssertionError when something does not hold; anything else that is thrown is a defect too
     */
    void read(byte[] file) throws IOException {
        byte[] head = Arrays.copyOf(file, Math.min(file.length, Normalisation.HEAD));
        for (Format format : formats) {
            if (format.recognises(head)) {
                read(format, file);
            }
        }
    }

    private void read(Format format, byte[] file) throws IOException {
        try {
            Report report = new Normalisation(List.of(format))
                    .normalise(
                            Batches.intake(file),
                            validator::pack,
                            batch -> validator.validate(batch).issues().forEach(issue -> located(issue, file)));
            report.issues().forEach(issue -> located(issue, file));
            report.contradictions().forEach(issue -> discreet(issue, file));
        } catch (FailureException e) {
            e.failure().issues().forEach(issue -> discreet(issue, file));
        }
    }

    private static void located(Issue issue, byte[] file) {
        if (issue.expressions().isEmpty() && issue.entry() == null && !OF_THE_FILE.contains(issue.rule())) {
            throw new AssertionError("without a place: " + issue.rule());
        }
        discreet(issue, file);
    }

    private static void discreet(Issue issue, byte[] file) {
        if (issue.text().isBlank()) {
            throw new AssertionError("without a text: " + issue.rule());
        }
        if (issue.rule().equals(FURTHER_FINDINGS)) {
            return; // its number is a count, which may stand in a file by chance
        }
        Matcher numbers = NUMBER.matcher(issue.text());
        String content = new String(file, StandardCharsets.ISO_8859_1);
        while (numbers.find()) {
            if (content.contains(numbers.group())) {
                throw new AssertionError("repeats a number of the file: " + issue.rule());
            }
        }
    }
}
