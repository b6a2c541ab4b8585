package phr.fhir.normalise.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.fit.FitFile;
import phr.fhir.normalise.lifelog.LifelogFile;
import phr.fhir.normalise.lifelog.RecordDescription;
import phr.fhir.normalise.other.KeptFile;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.record.RecordRows;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;
import phr.fhir.normalise.vendor.table.VendorTables;

/** Files that vendors let people export: CSV, JSON, or an archive of them (lifelog.md §2.1). */
public final class VendorFormat implements Format {

    private static final Set<String> READ = Set.of("csv", "json", "fit");

    private final CsvFile csv;
    private final JsonFile json;
    private final FitFile fit;
    private final XmlFile xml;

    public VendorFormat(VendorTables tables) {
        this.csv = new CsvFile(tables.readBy("csv"));
        this.json = new JsonFile(tables.readBy("json"));
        this.fit = new FitFile(tables.readBy("fit"));
        this.xml = new XmlFile(tables.readBy("xml"));
    }

    @Override
    public String name() {
        return "vendor";
    }

    @Override
    public boolean recognises(byte[] head) {
        if (VendorArchive.zip(head)) {
            Set<String> extensions = VendorArchive.extensions(head);
            return !Collections.disjoint(extensions, READ)
                    && !extensions.contains("xml")
                    && !extensions.contains("xsd");
        }
        if (FitFile.recognises(head)) {
            return true;
        }
        return json(head) ? json.recognises(head) : kind(head) != null;
    }

    /** Of a file that is one table. */
    private @Nullable Kind kind(byte[] head) {
        Kind kind = XmlFile.looksLike(head) ? xml.kind(head) : csv.kind(head);
        return kind != null && keptOnly(kind) && !KeptFile.recognises(head) ? null : kind;
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        Content content = intake.content();
        byte[] head;
        try (InputStream in = content.open()) {
            head = in.readNBytes(Normalisation.HEAD);
        }
        boolean zip = VendorArchive.zip(head);
        boolean binary = FitFile.recognises(head);
        boolean object = json(head);
        Kind kind = zip || binary || object ? null : kind(head);
        if (kind != null && keptOnly(kind)) {
            keep(kind, intake, findings);
            return;
        }
        boolean markup = kind != null && kind.readBy("xml");
        String mediaType = zip
                ? "application/zip"
                : binary ? "application/vnd.ant.fit" : object ? "application/json" : markup ? "text/xml" : "text/csv";
        boolean table = mediaType.equals("text/csv");
        Measurements out = new Measurements(new LifelogFile(intake, findings, table ? "csv" : "other", mediaType));
        if (binary) {
            fit.read(content, "", out);
        } else if (zip) {
            VendorArchive.read(content, new Parts(out), out);
        } else if (object) {
            json.read(content, "", null, out);
        } else if (markup) {
            xml.read(content, out);
        } else {
            csv.read(content, "", null, out);
        }
        out.finish();
    }

    /** Whether the table says what a file is, and nothing of what stands in it. */
    private static boolean keptOnly(Kind kind) {
        return kind.records() && kind.groups().isEmpty();
    }

    private static void keep(Kind kind, Intake intake, Findings findings) throws IOException {
        RecordDescription description = RecordRows.description(kind);
        KeptFile.keep(
                intake,
                findings,
                new KeptFile.About(
                        description.title(),
                        description.type(),
                        Set.of(PhrCategory.parse(kind.setting(Role.CATEGORY))),
                        description.importer()));
    }

    private static boolean json(byte[] head) {
        for (byte b : head) {
            if (b == '{' || b == '[') {
                return true;
            }
            boolean mark = b == (byte) 0xef || b == (byte) 0xbb || b == (byte) 0xbf;
            if (!mark && !Character.isWhitespace(b)) {
                return false;
            }
        }
        return false;
    }

    /** The entries of an archive. */
    private final class Parts implements VendorArchive.Files {

        private final Measurements out;

        Parts(Measurements out) {
            this.out = out;
        }

        @Override
        public boolean reads(String extension) {
            return READ.contains(extension);
        }

        @Override
        public void file(String extension, String name, Content content, String place) throws IOException {
            if (extension.equals("fit")) {
                fit.read(content, place, out);
            } else if (extension.equals("csv")) {
                csv.read(content, place, name, out);
            } else {
                json.read(content, place, name, out);
            }
        }
    }
}
