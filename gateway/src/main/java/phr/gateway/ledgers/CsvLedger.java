package phr.gateway.ledgers;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import phr.gateway.pages.Language;

/** RFC 4180 in UTF-8 with byte order mark, as spreadsheets want it; no cell can be taken for a formula. */
final class CsvLedger implements LedgerWriter {

    static final String MEDIA_TYPE = "text/csv;charset=UTF-8;header=present";

    private static final String FORMULA = "=+-@\t\r";

    private final Writer out;
    private final Ledger ledger;
    private final Language language;
    private final List<Column> columns;

    CsvLedger(OutputStream out, Ledger ledger, Language language) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.ledger = ledger;
        this.language = language;
        this.columns = Column.of(ledger);
    }

    @Override
    public void begin() throws IOException {
        out.write('\uFEFF');
        row(columns.stream().map(column -> column.name(language)).toList());
    }

    @Override
    public void add(Record record) throws IOException {
        row(columns.stream()
                .map(column -> column.text().apply(record, language))
                .toList());
    }

    /** The second column of an empty ledger says that there is nothing. */
    @Override
    public void end(boolean any) throws IOException {
        if (!any) {
            row(columns.stream()
                    .map(column -> columns.indexOf(column) == 1 ? ledger.noData(language) : "")
                    .toList());
        }
        out.flush();
    }

    private void row(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.write(i == 0 ? "" : ",");
            out.write(cell(cells.get(i)));
        }
        out.write("\r\n");
    }

    static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
