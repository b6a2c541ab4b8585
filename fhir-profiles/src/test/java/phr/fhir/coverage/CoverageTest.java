package phr.fhir.coverage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import phr.fhir.PersonId;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.People;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.Generation;
import phr.fhir.jp.MunicipalItem;
import phr.fhir.jp.MunicipalItems;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.checkup.CheckupFormat;
import phr.fhir.normalise.lifelog.Metric;
import phr.fhir.normalise.mynaportal.DeclaredFormat;
import phr.fhir.normalise.vendor.VendorFormat;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;
import phr.fhir.normalise.vendor.table.VendorTables;

/**
 * Which items of which source become FHIR. Writes {@code target/coverage-of-sources.md}: source, item, and mapped, opaque (kept in
 * the original) or rejected. Items of documents count as mapped when a document with them makes a resource of them.
 */
class CoverageTest {

    private static final PersonId PERSON = PersonId.parse("0192a1b2-0000-7000-8000-0000000000a1");
    private static final Path REPORT = Path.of("target", "coverage-of-sources.md");
    private static final List<Line> LINES = new ArrayList<>();

    private record Line(String source, String item, String name, String state) {}

    private static void line(String source, String item, String name, String state) {
        synchronized (LINES) {
            LINES.add(new Line(source, item, name, state));
        }
    }

    @AfterAll
    static void write() throws IOException {
        StringBuilder text = new StringBuilder(
                "# Coverage of sources\n\n| Source | mapped | opaque | rejected |\n|---|---|---|---|\n");
        List<String> sources =
                LINES.stream().map(Line::source).distinct().sorted().toList();
        for (String source : sources) {
            text.append("| ").append(source);
            for (String state : List.of("mapped", "opaque", "rejected")) {
                long count = LINES.stream()
                        .filter(line ->
                                line.source().equals(source) && line.state().equals(state))
                        .count();
                text.append(" | ").append(count);
            }
            text.append(" |\n");
        }
        text.append("\n| Source | Item | Name | |\n|---|---|---|---|\n");
        LINES.stream().map(CoverageTest::row).sorted().forEach(text::append);
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Files.writeString(REPORT, text.toString());
    }

    private static String row(Line line) {
        return "| " + line.source() + " | " + line.item().replace("|", "\\|") + " | " + line.name() + " | "
                + line.state() + " |\n";
    }

    /** 322 of 322, and those of FY2018. */
    @Test
    void everyCheckupItemIsMapped() throws IOException {
        for (Generation generation : Generation.values()) {
            Checkup checkup = Checkups.everyItem(People.HANAKO, generation, 322);
            Set<String> mapped = codes(drafts(checkup.xml()));
            Set<String> physicians = CheckupItems.of(generation).stream()
                    .flatMap(item -> Stream.ofNullable(item.authorItem()))
                    .collect(Collectors.toSet());
            long named = drafts(checkup.xml()).stream()
                    .filter(resource -> resource instanceof Practitioner)
                    .count();
            int count = 0;
            for (CheckupItem item : CheckupItems.of(generation)) {
                boolean there = mapped.contains(item.code()) || physicians.contains(item.code()) && named > 0;
                count += there ? 1 : 0;
                line("checkup " + generation, item.code(), item.name(), there ? "mapped" : "opaque");
            }
            assertEquals(generation == Generation.FY2024 ? 322 : 299, count);
        }
    }

    @Test
    void everyMunicipalItemIsMapped() throws IOException {
        String empty = new String(
                Checkup.of(People.HANAKO).item("9N001000000000001", "158.6").xml(), UTF_8);
        String entries = MunicipalItems.all().stream().map(CoverageTest::entry).collect(Collectors.joining());
        int end = empty.lastIndexOf("</section>");
        Set<String> mapped = codes(drafts((empty.substring(0, end) + entries + empty.substring(end)).getBytes(UTF_8)));
        for (MunicipalItem item : MunicipalItems.all()) {
            boolean there = mapped.contains(item.item().code());
            line("municipal checkup", item.item().code(), item.item().name(), there ? "mapped" : "opaque");
            assertEquals(true, there, item.item().code());
        }
    }

    private static String entry(MunicipalItem municipal) {
        CheckupItem item = municipal.item();
        String value =
                switch (item.type()) {
                    case PQ ->
                        "<value xsi:type=\"PQ\" value=\"12\""
                                + (item.xmlUnit() == null ? "" : " unit=\"" + item.xmlUnit() + "\"") + "/>";
                    case CD, CO ->
                        "<value xsi:type=\"CD\" code=\"1\" codeSystem=\""
                                + item.onlyAnswerOid().orElseThrow() + "\"/>";
                    case ST -> "<value xsi:type=\"ST\">見本</value>";
                };
        return "<entry><observation classCode=\"OBS\" moodCode=\"EVN\"><code code=\"" + item.code() + "\" codeSystem=\""
                + MunicipalItems.OID + "\"/>" + value + "</observation></entry>";
    }

    @Test
    void everyTypeOfAppleAndOpenMhealthIsMappedOrRejectedOnPurpose() throws IOException {
        for (String[] row : rows("apple/apple.tsv")) {
            metric("Apple Health", row[0], row[1]);
        }
        for (String[] row : rows("apple/workouts.tsv")) {
            assertFalse(row[1].isEmpty(), row[0]);
            line("Apple Health", row[0], row[1], "mapped");
        }
        for (String[] row : rows("lifelog/schemas.tsv")) {
            metric("Open mHealth, IEEE 1752.1", row[0] + ":" + row[1] + " " + row[3], row[4]);
        }
    }

    @Test
    void everyColumnOfAVendorIsMappedOrKeptOnPurpose() {
        for (Kind kind : VendorTables.bundled().kinds()) {
            for (Column column : kind.columns()) {
                String item = kind.name() + " " + String.join("/", column.path());
                if (column.role() == Role.VALUE) {
                    metric(kind.vendor(), item, column.metric());
                } else {
                    line(kind.vendor(), item, "", column.role() == Role.IGNORE ? "opaque" : "mapped");
                }
            }
            assertFalse(kind.groups().isEmpty(), kind.type());
        }
    }

    /** Each kind of record stands in a golden notebook, whose expectations show what becomes of it. */
    @Test
    void everyRecordOfTheNotebookIsMapped() throws IOException, URISyntaxException {
        Path golden = Path.of(Objects.requireNonNull(CoverageTest.class.getResource("/golden/medication"))
                .toURI());
        Set<String> seen = new HashSet<>();
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path file : files.filter(path -> path.endsWith("in.txt")).toList()) {
                Files.readString(file, Charset.forName("ISO-8859-1"))
                        .lines()
                        .filter(line -> line.matches("\\d{1,3},.*"))
                        .forEach(line -> seen.add(line.substring(0, line.indexOf(','))));
            }
        }
        for (String[] row : rows("medication/record/records.tsv")) {
            assertEquals(true, seen.contains(row[0]), row[0]);
            line("JAHIS notebook", row[0], row[1], "mapped");
        }
    }

    @Test
    void whatHasNoPublicLayoutIsKept() throws IOException {
        DeclaredFormat.all(new VendorFormat(VendorTables.bundled()))
                .forEach(format -> line("declared by the sender", format.name(), "", "opaque"));
        for (String[] row : rows("other/kinds.tsv")) {
            line("other files", row[2], row[3], "opaque");
        }
        line("other files", "bytes of no known kind", "", "rejected");
    }

    private static void metric(String source, String item, String metric) {
        boolean goal = metric.equals("-");
        boolean known = metric.equals("glucose") || Metric.known(metric);
        assertEquals(true, goal || known, item);
        line(source, item, goal ? "" : metric, goal ? "rejected" : "mapped");
    }

    private static Set<String> codes(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource instanceof Observation)
                .map(resource ->
                        ((Observation) resource).getCode().getCodingFirstRep().getCode())
                .collect(Collectors.toSet());
    }

    private static List<Resource> drafts(byte[] document) throws IOException {
        List<Resource> resources = new ArrayList<>();
        Intake intake = new Intake(
                People.HANAKO.account(PERSON),
                Content.of(document),
                "Patient/" + PERSON,
                "citizen-app",
                "https://phr-a.example/fhir",
                Instant.parse("2025-07-01T00:00:00Z"),
                false,
                null);
        new Normalisation(List.of(new CheckupFormat())).normalise(intake, batch -> batch.drafts().stream()
                .map(Draft::resource)
                .forEach(resources::add));
        return resources;
    }

    private static List<String[]> rows(String table) throws IOException {
        String path = "/phr/fhir/normalise/" + table;
        try (InputStream in = Objects.requireNonNull(CoverageTest.class.getResourceAsStream(path), path)) {
            return Arrays.stream(new String(in.readAllBytes(), UTF_8).split("\n"))
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }
}
