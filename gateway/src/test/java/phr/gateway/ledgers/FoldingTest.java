package phr.gateway.ledgers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.gateway.audit.AccessRecord;

class FoldingTest {

    private static final String SYSTEM = "{\"system\":true,\"items\":{\"resources\":2,\"categories\":{\"lab\":2}}}";
    private static final String USER = "{\"items\":{\"resources\":1,\"categories\":{\"lab\":1}}}";
    private static final String PAGE = "{\"continues\":true,\"items\":{\"resources\":5,\"categories\":{\"lab\":5}}}";

    private final List<Record> records = new ArrayList<>();
    private final Folding folding = new Folding(records::add);
    private long seq;

    @Test
    void a_users_accesses_stay_single() {
        access("2026-04-01T00:00:00Z", USER, true);
        access("2026-04-01T00:00:01Z", USER, true);
        folding.close();
        assertEquals(2, records.size());
    }

    @Test
    void a_systems_accesses_are_one_batch_a_month_with_first_and_last_time() {
        access("2026-04-01T00:00:00Z", SYSTEM, true);
        access("2026-04-30T14:59:59Z", SYSTEM, true);
        access("2026-04-30T15:00:00Z", SYSTEM, true);
        folding.close();
        assertEquals(List.of(2, 1), records.stream().map(Record::accesses).toList());
        assertEquals(4, records.get(0).resources());
        assertEquals(4L, records.get(0).categories().get("lab"));
        assertEquals(Instant.parse("2026-04-30T14:59:59Z"), records.get(0).until());
    }

    @Test
    void further_pages_belong_to_the_search_they_continue() {
        access("2026-04-01T00:00:00Z", USER, true);
        access("2026-04-01T00:00:01Z", USER, true);
        access("2026-04-01T00:00:02Z", PAGE, true);
        folding.close();
        assertEquals(List.of(1, 2), records.stream().map(Record::accesses).toList());
        assertEquals(6, records.get(1).resources());
    }

    @Test
    void what_was_refused_is_never_hidden_behind_what_was_permitted() {
        access("2026-04-01T00:00:00Z", SYSTEM, true);
        access("2026-04-01T00:00:01Z", SYSTEM, false);
        folding.close();
        assertEquals(
                List.of("PROVIDED", "REFUSED"),
                records.stream().map(Record::outcome).toList());
    }

    @Test
    void a_thousand_records_are_not_held_back() {
        for (int i = 0; i < 2500; i++) {
            access("2026-04-01T00:00:00Z", USER, true);
        }
        assertEquals(2000, records.size());
        folding.close();
        assertEquals(2500, records.size());
        assertEquals(
                records.stream().map(record -> record.first().seq()).sorted().toList(),
                records.stream().map(record -> record.first().seq()).toList());
    }

    @Test
    void a_delivery_without_an_end_says_so() {
        access("2026-04-01T00:00:00Z", "{\"later\":true}", true);
        folding.close();
        assertEquals("STARTED", records.get(0).outcome());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | plain",
                "=1+1 | '=1+1",
                "+81 | '+81",
                "-1 | '-1",
                "@x | '@x",
                "a,b | \"a,b\"",
                "say \"x\" | \"say \"\"x\"\"\"",
                "=a,b | \"'=a,b\""
            },
            quoteCharacter = '~')
    void no_cell_is_a_formula_and_every_cell_is_one_cell(String text, String cell) {
        assertEquals(cell, CsvLedger.cell(text));
    }

    private void access(String at, @Nullable String detail, boolean permitted) {
        seq++;
        folding.accept(new AccessRecord(
                seq,
                Instant.parse(at),
                "clinic",
                "診療所",
                "app",
                null,
                "read",
                "search Observation",
                List.of("TREAT"),
                permitted,
                permitted ? "CONSENT" : "DEFAULT",
                List.of(),
                detail,
                null,
                null,
                "00",
                "01"));
    }
}
