package phr.fhir.normalise.medication.part;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.zip.Archive;
import phr.fhir.normalise.zip.ArchiveLimits;
import phr.fhir.text.MyNumber;

/**
 * What one upload holds: one file with one or more notebooks or parts, or an archive of such files.
 *
 * @param texts the notebooks, whole or not
 * @param remarks about what is no notebook text
 */
public record Upload(List<NotebookText> texts, List<Issue> remarks) {

    private static final int MEBIBYTE = 1024 * 1024;
    /** A notebook of fifty years has some megabytes. */
    private static final long LARGEST = 16L * MEBIBYTE;

    private static final ArchiveLimits LIMITS = new ArchiveLimits(2_000, LARGEST, 2 * LARGEST, 200);

    /** One file. */
    private record Chunk(@Nullable String entry, byte[] bytes) {

        boolean begins() {
            return Upload.begins(bytes);
        }
    }

    /** A file with a header and those that go on with it. */
    private record Series(String entry, ByteArrayOutputStream bytes) {

        static Series of(Chunk first) {
            Series series = new Series(String.valueOf(first.entry()), new ByteArrayOutputStream());
            series.bytes.writeBytes(first.bytes());
            return series;
        }

        Chunk chunk() {
            return new Chunk(entry, bytes.toByteArray());
        }
    }

    /** Whether the content is an archive. */
    public static boolean archive(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && (head[2] == 3 || head[2] == 5);
    }

    /** Whether the text begins with a header line. */
    public static boolean begins(byte[] text) {
        int at = Sheet.mark(text);
        while (at < text.length && (text[at] == '\r' || text[at] == '\n' || text[at] == ' ')) {
            at++;
        }
        return new Span(at, text.length, text.length).startsWith(text, Sheet.MARK);
    }

    /** Whether an archive has a notebook among the files at its beginning. */
    public static boolean archiveOfNotebooks(byte[] head) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(head), StandardCharsets.ISO_8859_1)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (begins(zip.readNBytes(64))) {
                    return true;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
        return false;
    }

    /** @throws phr.fhir.failure.FailureException TOO_LARGE, or MALFORMED for a damaged archive or one without a notebook */
    public static Upload read(Content content) throws IOException {
        byte[] head;
        try (InputStream in = content.open()) {
            head = in.readNBytes(4);
        }
        List<Issue> remarks = new ArrayList<>();
        List<Chunk> chunks = archive(head) ? unpack(content, remarks) : List.of(new Chunk(null, whole(content)));
        List<Sheet> sheets = sheets(chunks, remarks);
        if (sheets.isEmpty()) {
            throw Failure.of(Category.MALFORMED, "TC-R5", "no medication notebook in the file")
                    .exception();
        }
        return new Upload(Splits.join(sheets, remarks), remarks);
    }

    private static byte[] whole(Content content) throws IOException {
        if (content.size() > LARGEST) {
            throw Failure.of(Category.TOO_LARGE, "TC-R1", "the notebook is too large")
                    .exception();
        }
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    /** Parts in the order of their numbers in the names, since archives keep no order. */
    private static List<Chunk> unpack(Content content, List<Issue> remarks) throws IOException {
        List<Chunk> texts = new ArrayList<>();
        new Archive(content, LIMITS).read((name, bytes) -> {
            if (MyNumber.in(name)) {
                throw Failure.of(Category.INVALID, "REQ-SEC-2", "an entry name of the archive looks like a My Number")
                        .exception();
            }
            texts.add(new Chunk(name, bytes));
        });
        texts.sort(Comparator.comparing(chunk -> EntryOrder.of(String.valueOf(chunk.entry()))));
        List<Series> joined = new ArrayList<>();
        texts.stream().filter(Chunk::begins).forEach(chunk -> joined.add(Series.of(chunk)));
        texts.stream().filter(chunk -> !chunk.begins()).forEach(chunk -> remarks.add(goesOn(chunk, joined)));
        return joined.stream().map(Series::chunk).toList();
    }

    /** A file without header goes on where the one of the same series stopped (S-15); anything else stays in the archive. */
    private static Issue goesOn(Chunk chunk, List<Series> joined) {
        String entry = String.valueOf(chunk.entry());
        for (Series series : joined) {
            if (EntryOrder.series(entry).equals(EntryOrder.series(series.entry()))) {
                series.bytes().writeBytes(chunk.bytes());
                return Issue.warning(
                                "structure",
                                "S-15",
                                "a part without header and without control record; joined in the order of the file names")
                        .in(entry);
            }
        }
        return Issue.information("not-supported", "TC-R5", "no notebook text; stays in the archive only")
                .in(entry);
    }

    private static List<Sheet> sheets(List<Chunk> chunks, List<Issue> remarks) {
        List<Sheet> sheets = new ArrayList<>();
        for (Chunk chunk : chunks) {
            int before = Sheet.before(chunk.bytes());
            if (before > 0) {
                Place first = new Place(chunk.entry(), 1);
                remarks.add(first.issue(
                        Issue.Severity.WARNING,
                        "structure",
                        "S-1",
                        "lines before the header are in the original only"));
            }
            sheets.addAll(Sheet.of(chunk.entry(), chunk.bytes()));
        }
        return sheets;
    }
}
