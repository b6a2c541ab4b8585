package phr.consent.lifecourse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Ages at which something changes, as dated policy data from {@code age-bands.tsv} (consent-semantics.md §11). What holds is
 * looked up at the instant of a read.
 *
 * @param rows by the date from which they hold; the first holds for all time before
 */
public record AgeBands(List<Row> rows) {

    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /** Longest bridge that the specification allows. */
    public static final int LONGEST_BRIDGE = 30;

    /** The law of Japan and the project's bands. */
    public static final AgeBands JAPAN = load();

    /**
     * The ages in force from a date.
     *
     * @param from 00:00 in Asia/Tokyo
     * @param assentFrom the child's assent is asked from this age
     * @param adolescentFrom the child decides alone about its own categories from this age
     * @param majority 成年年齢
     * @param bridgeDays so long after majority permits of a guardian go on for TREAT; 0 = off
     * @param waitingDays so long a permit waits for the person to confirm it; then it is over, since silence is no consent
     * @param ownCategories categories an adolescent decides alone
     */
    public record Row(
            Instant from,
            int assentFrom,
            int adolescentFrom,
            int majority,
            int bridgeDays,
            int waitingDays,
            Set<String> ownCategories) {

        public Row {
            ownCategories = Set.copyOf(ownCategories);
            if (bridgeDays < 0 || bridgeDays > LONGEST_BRIDGE) {
                throw new IllegalArgumentException("the bridge lasts 0 to " + LONGEST_BRIDGE + " days");
            }
            if (waitingDays < Math.max(1, bridgeDays)) {
                throw new IllegalArgumentException("a permit waits for a day at least, and as long as the bridge");
            }
        }
    }

    public AgeBands {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("ages are never unknown");
        }
        rows = rows.stream().sorted(Comparator.comparing(Row::from)).toList();
    }

    /** What holds at an instant. */
    public Row at(Instant now) {
        Row held = rows.get(0);
        for (Row row : rows) {
            held = row.from().isAfter(now) ? held : row;
        }
        return held;
    }

    /** Until when a permit waits for the person's own yes, and no longer. */
    public Instant waitsUntil(Instant since) {
        return since.plus(Duration.ofDays(at(since).waitingDays()));
    }

    /** The same ages with this bridge in every row. */
    public AgeBands withBridge(int days) {
        return new AgeBands(rows.stream()
                .map(row -> new Row(
                        row.from(),
                        row.assentFrom(),
                        row.adolescentFrom(),
                        row.majority(),
                        days,
                        row.waitingDays(),
                        row.ownCategories()))
                .toList());
    }

    private static AgeBands load() {
        try (InputStream table = Objects.requireNonNull(AgeBands.class.getResourceAsStream("age-bands.tsv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return new AgeBands(lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(AgeBands::row)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] cells = line.split("\t", -1);
        return new Row(
                LocalDate.parse(cells[0]).atStartOfDay(TOKYO).toInstant(),
                Integer.parseInt(cells[1]),
                Integer.parseInt(cells[2]),
                Integer.parseInt(cells[3]),
                Integer.parseInt(cells[4]),
                Integer.parseInt(cells[5]),
                Set.of(cells[6].split(",", -1)));
    }
}
