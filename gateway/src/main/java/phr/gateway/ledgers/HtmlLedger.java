package phr.gateway.ledgers;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.gateway.pages.Language;
import phr.gateway.pages.Page;

/** A ledger as a page to read and print. */
final class HtmlLedger implements LedgerWriter {

    private final OutputStream out;
    private final Ledger ledger;
    private final Language language;
    private final List<Column> columns;
    private @Nullable Page page;
    private boolean table;

    HtmlLedger(OutputStream out, Ledger ledger, Language language) {
        this.out = out;
        this.ledger = ledger;
        this.language = language;
        this.columns = Column.of(ledger).stream().filter(Column::onPage).toList();
    }

    @Override
    public void begin() throws IOException {
        page = Page.open(out, language, ledger.title(language));
        page.beginFacts()
                .fact(language.say("本人", "Person"), ledger.name())
                .fact(language.say("期間", "Period"), ledger.period(language))
                .fact(
                        language.say("根拠", "Law"),
                        language.say(ledger.provisions() ? "個人情報保護法 第29条" : "個人情報保護法 第30条", ledger.law()))
                .endFacts();
    }

    @Override
    public void add(Record record) throws IOException {
        Page open = open();
        if (!table) {
            open.beginTable(
                    ledger.title(language),
                    columns.stream().map(column -> column.name(language)).toList());
            table = true;
        }
        open.row(columns.stream()
                .map(column -> column.text().apply(record, language))
                .toList());
    }

    @Override
    public void end(boolean any) throws IOException {
        Page open = open();
        if (any) {
            open.endTable();
            open.small(
                    language.say(
                            "システムによる定期的な取得は、月ごとに一行にまとめています。検証用のハッシュ値はCSVとJSONにあります。",
                            "Routine accesses of systems are one line a month. Hashes for verification are in the CSV and JSON forms."));
        } else {
            open.lead(ledger.noData(language));
        }
        open.close();
    }

    private Page open() {
        if (page == null) {
            throw new IllegalStateException("begin comes first");
        }
        return page;
    }
}
