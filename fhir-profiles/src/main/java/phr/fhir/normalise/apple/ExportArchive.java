package phr.fhir.normalise.apple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.apple.ecg.Electrocardiogram;
import phr.fhir.normalise.zip.ZipDirectory;
import phr.fhir.text.MyNumber;

/**
 * The archive: finds the export by its root element whatever it is called, reads the electrocardiograms, and leaves routes and
 * clinical documents where they are.
 */
final class ExportArchive {

    private static final int PEEK = 4096;
    private static final int LONGEST_ECG = 8 * 1024 * 1024;

    private final AppleFile file;

    ExportArchive(AppleFile file) {
        this.file = file;
    }

    void read() throws IOException {
        ZipDirectory zip = ZipDirectory.read(file.intake().content());
        ZipDirectory.Entry export = export(zip);
        for (ZipDirectory.Entry entry : zip.entries()) {
            if (MyNumber.in(entry.name())) {
                file.file.refuseOriginal("entry name");
            }
        }
        try (InputStream in = zip.open(export)) {
            new ExportReader(file).read(in);
        }
        Electrocardiograms electrocardiograms = new Electrocardiograms(file);
        for (ZipDirectory.Entry entry : zip.entries()) {
            if (entry != export && entry.size() > 0) {
                other(zip, entry, electrocardiograms);
            }
        }
    }

    /** The largest XML whose root says so: beside it lies a CDA document with nearly the same name. */
    private static ZipDirectory.Entry export(ZipDirectory zip) throws IOException {
        List<ZipDirectory.Entry> candidates = zip.entries().stream()
                .filter(entry -> lower(entry).endsWith(".xml"))
                .sorted(Comparator.comparingLong(ZipDirectory.Entry::size).reversed())
                .limit(20)
                .toList();
        for (ZipDirectory.Entry entry : candidates) {
            if (ExportHead.xml(peek(zip, entry))) {
                return entry;
            }
        }
        throw Failure.of(Category.MALFORMED, "APL-16", "no Apple Health export in the archive")
                .exception();
    }

    private static byte[] peek(ZipDirectory zip, ZipDirectory.Entry entry) throws IOException {
        try (InputStream in = zip.open(entry)) {
            return in.readNBytes(PEEK);
        }
    }

    private void other(ZipDirectory zip, ZipDirectory.Entry entry, Electrocardiograms electrocardiograms)
            throws IOException {
        String name = lower(entry);
        if (name.endsWith(".gpx")) {
            file.file.holds(PhrCategory.LIFELOG_LOCATION);
            file.tally.add(Tally.Reason.KEPT, "workout-routes", "", 0);
        } else if (name.contains("/clinical-records/") || name.contains("/clinical_records/")) {
            file.tally.add(Tally.Reason.UNCONFIRMED, "clinical-records", "", 0);
        } else if (name.endsWith(".csv") && entry.size() <= LONGEST_ECG) {
            ecg(zip, entry, electrocardiograms);
        } else {
            file.tally.add(Tally.Reason.KEPT, "attachments", "", 0);
        }
    }

    private void ecg(ZipDirectory zip, ZipDirectory.Entry entry, Electrocardiograms electrocardiograms)
            throws IOException {
        String shown = entry.name().matches(".*ecg_[0-9_-]{1,30}\\.csv")
                ? entry.name().substring(entry.name().lastIndexOf("ecg_"))
                : "?.csv";
        file.file.read();
        try (InputStream in = zip.open(entry)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Electrocardiogram read = Electrocardiogram.parse(text);
            electrocardiograms.add(read, shown);
        } catch (FailureException e) {
            e.failure().issues().forEach(issue -> file.file.issue(issue(issue, shown)));
        }
    }

    private static Issue issue(Issue issue, String entry) {
        return Issue.warning(
                        issue.code(),
                        issue.rule(),
                        issue.text() + ": kept in the original",
                        issue.expressions().toArray(String[]::new))
                .in(entry);
    }

    private static String lower(ZipDirectory.Entry entry) {
        return "/" + entry.name().toLowerCase(Locale.ROOT);
    }
}
