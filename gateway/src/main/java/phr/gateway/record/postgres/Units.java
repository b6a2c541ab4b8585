package phr.gateway.record.postgres;

import java.util.Locale;
import phr.consent.CalendarUnit;

/**
 * For each row {@code d} a row {@code u} with the same facts, but the whole unit in which the data begin as its data time; without
 * time where the unit cannot be told.
 */
final class Units {

    /** Years 1 to 9999: beyond, the database has no timestamps. */
    private static final long EARLIEST = -62_135_596_800_000_000L;

    private static final long LATEST = 253_370_764_800_000_000L;

    private Units() {}

    static Sql of(CalendarUnit unit) {
        String length = "interval '1 " + unit.name().toLowerCase(Locale.ROOT) + "'";
        return Sql.of(
                " CROSS JOIN LATERAL (SELECT CASE WHEN d.time_known AND d.data_from >= ? AND d.data_from < ? THEN"
                        + " date_trunc('" + unit.name().toLowerCase(Locale.ROOT)
                        + "', to_timestamp(d.data_from / 1000000.0) AT TIME ZONE 'Asia/Tokyo') END AS starts) b"
                        + " CROSS JOIN LATERAL (SELECT d.ref, d.type, d.document_type, d.source, d.device,"
                        + " d.confidentiality, d.labelled, d.time_known, d.categories_unknown, d.codes_unknown,"
                        + " d.authors_unknown, d.categories, d.codes, d.authors, d.links, d.sensitivities, "
                        + micros("b.starts") + " AS data_from, " + micros("(b.starts + " + length + ")")
                        + " AS data_to) u",
                EARLIEST,
                LATEST);
    }

    private static String micros(String local) {
        return "(extract(epoch FROM " + local + " AT TIME ZONE 'Asia/Tokyo') * 1000000)::bigint";
    }
}
