package phr.gateway.ledgers;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import phr.gateway.audit.AccessRecords;
import phr.gateway.pages.Language;

/**
 * What is demanded.
 *
 * @param name of the person, in the ledger as the law wants it
 * @param from first day, Asia/Tokyo; null = from the beginning
 * @param to last day, inclusive
 */
record Ledger(
        AccessRecords kind,
        String person,
        String name,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    boolean provisions() {
        return kind == AccessRecords.PROVISIONS;
    }

    @Nullable
    Instant begin() {
        return from == null ? null : from.atStartOfDay(Folding.TOKYO).toInstant();
    }

    @Nullable
    Instant end() {
        return to == null ? null : to.plusDays(1).atStartOfDay(Folding.TOKYO).toInstant();
    }

    String title(Language language) {
        return provisions()
                ? language.say("第三者提供の記録", "Record of provision to third parties")
                : language.say("受領の記録", "Record of receipt");
    }

    String law() {
        return provisions() ? "APPI 29" : "APPI 30";
    }

    String period(Language language) {
        return (from == null ? language.say("最初", "the beginning") : from) + " – "
                + (to == null ? language.say("現在", "now") : to);
    }

    String noData(Language language) {
        return provisions()
                ? language.say(
                        "この期間に、第三者への提供の記録はありません。", "There is no record of provision to third parties in this period.")
                : language.say("この期間に、受領の記録はありません。", "There is no record of receipt in this period.");
    }
}
