package phr.fhir.normalise.vendor;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.measure.Rows;
import phr.fhir.normalise.vendor.measure.Tally;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/** One CSV file: finds its header among the first records and the kind by it, then reads row by row. */
final class CsvFile {

    private static final int HEADER_AMONG = 20;
    private static final int LONGEST_RECORD = 1024 * 1024;

    private final List<Kind> kinds;

    CsvFile(List<Kind> kinds) {
        this.kinds = kinds;
    }

    /** The kind whose header a beginning has, null = none. */
    @Nullable
    Kind kind(byte[] head) {
        String text = new String(head, TextCharset.of(head));
        try (CsvReader<CsvRecord> csv = csv(new StringReader(text), text)) {
            CsvHeader header = header(csv.iterator(), null);
            return header == null ? null : header.kind();
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            return null;
        }
    }

    /**
     * Reads the file.
     *
     * @param place before the lines in findings, empty or {@code entry 3, }
     * @param name of the file, null = not known
     */
    void read(Content content, String place, @Nullable String name, Measurements out) throws IOException {
        Charset charset = TextCharset.of(content);
        String head = head(content, charset);
        long line = 1;
        try (CsvReader<CsvRecord> csv = csv(TextCharset.reader(content, charset), head)) {
            CloseableIterator<CsvRecord> records = csv.iterator();
            CsvHeader header = header(records, name);
            if (header == null) {
                out.file().read();
                out.tally().add(Tally.Reason.UNKNOWN_TYPE, marker(head), place + "line 1");
                return;
            }
            header.unknown().forEach(column -> out.tally().add(Tally.Reason.COLUMN, column, place + "line 1"));
            Rows mapper = Mappers.of(header.kind(), out, utc(content, charset, head, place, name, out));
            while (records.hasNext()) {
                CsvRecord record = records.next();
                line = record.getStartingLineNumber();
                row(new CsvRow(header, record, place), mapper, out);
            }
        } catch (CsvParseException e) {
            out.file()
                    .issue(Issue.error(
                            "structure",
                            "VND-2",
                            "the file cannot be read on: a record is too long or a quotation has no end",
                            place + "line " + line));
        }
    }

    private static void row(CsvRow row, Rows mapper, Measurements out) {
        if (row.blank()) {
            return;
        }
        if (row.myNumber()) {
            out.file().read();
            out.file().refuseOriginal(row.place());
        } else if (row.unreadable()) {
            out.file().read();
            out.file()
                    .issue(Issue.warning(
                            "structure",
                            "VND-3",
                            "a text in another character set: kept in the original",
                            row.place()));
        } else {
            mapper.map(row);
        }
    }

    private boolean utc(
            Content content, Charset charset, String head, String place, @Nullable String name, Measurements out)
            throws IOException {
        try (CsvReader<CsvRecord> csv = csv(TextCharset.reader(content, charset), head)) {
            CloseableIterator<CsvRecord> records = csv.iterator();
            CsvHeader header = header(records, name);
            String zone = header == null ? "" : header.kind().setting(Role.ZONE);
            if (header == null || !zone.equals("probe")) {
                return zone.equals("utc");
            }
            ZoneProbe probe = new ZoneProbe(header.kind());
            while (records.hasNext() && probe.more()) {
                probe.look(new CsvRow(header, records.next(), place));
            }
            if (!probe.told()) {
                out.tally().add(Tally.Reason.PROBE, header.kind().type(), place + "line 1");
            }
            return probe.utc();
        } catch (CsvParseException e) {
            return true;
        }
    }

    private @Nullable CsvHeader header(CloseableIterator<CsvRecord> records, @Nullable String name) {
        String marker = "";
        for (int i = 0; i < HEADER_AMONG && records.hasNext(); i++) {
            List<String> cells = records.next().getFields();
            if (i == 0) {
                marker = marker(cells.get(0));
            }
            CsvHeader header = CsvHeader.of(kinds, cells, marker, name);
            if (header != null) {
                return header;
            }
        }
        return null;
    }

    /** What a file calls itself before the first comma. */
    private static String marker(String head) {
        String text = head.startsWith("\uFEFF") ? head.substring(1) : head;
        int end = 0;
        while (end < text.length() && end < 100 && ",;\t\r\n\"".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end).strip();
    }

    private static String head(Content content, Charset charset) throws IOException {
        char[] head = new char[4096];
        try (Reader reader = TextCharset.reader(content, charset)) {
            int read = Math.max(0, reader.read(head));
            return new String(head, 0, read);
        }
    }

    private static CsvReader<CsvRecord> csv(Reader reader, String head) {
        long tabs = head.chars().limit(4096).filter(c -> c == '\t').count();
        long commas = head.chars().limit(4096).filter(c -> c == ',').count();
        long semicolons = head.chars().limit(4096).filter(c -> c == ';').count();
        char separator = tabs > Math.max(commas, semicolons) ? '\t' : semicolons > commas ? ';' : ',';
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(LONGEST_RECORD)
                .ofCsvRecord(reader);
    }
}
