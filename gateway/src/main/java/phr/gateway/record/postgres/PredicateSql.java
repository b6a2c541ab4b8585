package phr.gateway.record.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phr.consent.Predicate;
import phr.fhir.PersonId;
import phr.gateway.record.postgres.Blinding.Kind;

/**
 * A compiled consent policy as a condition on rows of table {@code document} (consent-semantics.md §14.1). No condition is ever
 * SQL NULL, so NOT means not. Made for one query.
 */
final class PredicateSql {

    /** How the resources that a permitted one refers to are found. */
    enum Referrals {
        /** For each row by the index on links: for a query of few rows. */
        BY_ROW,
        /** Once per query, and only when a row asks: for a query of many rows, which often refer to the same Organization. */
        SHARED
    }

    private final PersonId person;
    private final Blinding blinding;
    private final Referrals referrals;
    private final PackedReferrals packed;
    private final Map<Predicate, Boolean> packedReferrers = new HashMap<>();
    private final Map<Predicate, String> sharedNames = new HashMap<>();
    private final List<Sql> shared = new ArrayList<>();
    private int aliases;

    PredicateSql(PersonId person, Blinding blinding, Referrals referrals, PackedReferrals packed) {
        this.person = person;
        this.blinding = blinding;
        this.referrals = referrals;
        this.packed = packed;
    }

    /** What stands before the query that the conditions are part of; empty when nothing is shared. */
    Sql prefix() {
        return shared.isEmpty()
                ? new Sql()
                : Sql.of("WITH ").add(Sql.list(shared)).add(" ");
    }

    /** @param row alias of the table */
    Sql condition(Predicate predicate, String row) {
        if (predicate instanceof Predicate.Constant constant) {
            return Sql.of(constant.value() ? "TRUE" : "FALSE");
        }
        if (predicate instanceof Predicate.All all) {
            return joined(all.parts(), " AND ", "TRUE", row);
        }
        if (predicate instanceof Predicate.Any any) {
            return joined(any.parts(), " OR ", "FALSE", row);
        }
        if (predicate instanceof Predicate.Not not) {
            return Sql.of("(NOT ").add(condition(not.part(), row)).add(")");
        }
        if (predicate instanceof Predicate.ReferredToBy referred) {
            return referredToBy(referred.referrer(), row);
        }
        return leaf(predicate, row);
    }

    private Sql leaf(Predicate leaf, String row) {
        if (leaf instanceof Predicate.In in) {
            return in(in, row);
        }
        if (leaf instanceof Predicate.Overlaps overlaps) {
            return overlaps(overlaps, row);
        }
        if (leaf instanceof Predicate.TimeWithin within) {
            return within(within, row);
        }
        if (leaf instanceof Predicate.TimeTouches touches) {
            return touches(touches, row);
        }
        return label(leaf, row);
    }

    private Sql label(Predicate leaf, String row) {
        if (leaf instanceof Predicate.AtMost atMost) {
            return Sql.of("(" + row + ".confidentiality <= ?)", atMost.ceiling().ordinal());
        }
        if (leaf instanceof Predicate.Labelled) {
            return Sql.of(row + ".labelled");
        }
        if (leaf instanceof Predicate.Sensitive) {
            return Sql.of("(cardinality(" + row + ".sensitivities) > 0)");
        }
        if (leaf instanceof Predicate.SensitivitiesWithin within) {
            return Sql.of("(" + row + ".sensitivities <@ ?)", blinding.all(Kind.SENSITIVITY, within.codes()));
        }
        if (leaf instanceof Predicate.SensitivitiesOverlap overlap) {
            return Sql.of("(" + row + ".sensitivities && ?)", blinding.all(Kind.SENSITIVITY, overlap.codes()));
        }
        throw new IllegalArgumentException("no SQL for " + leaf.getClass().getSimpleName());
    }

    private Sql joined(List<Predicate> parts, String operator, String whenEmpty, String row) {
        if (parts.isEmpty()) {
            return Sql.of(whenEmpty);
        }
        List<Sql> conditions = new ArrayList<>();
        parts.forEach(part -> conditions.add(condition(part, row)));
        return Sql.joined(operator, conditions);
    }

    private Sql in(Predicate.In in, String row) {
        Set<String> values = in.values();
        return switch (in.fact()) {
            case TYPE -> Sql.of("(" + row + ".type = ANY (?))", (Object) values.toArray(String[]::new));
            case REFERENCE -> Sql.of("(" + row + ".ref = ANY (?))", blinding.all(Kind.REFERENCE, values));
            case DOCUMENT_TYPE -> scalar(row + ".document_type", Kind.DOCUMENT_TYPE, values);
            case SOURCE -> scalar(row + ".source", Kind.SOURCE, values);
            case DEVICE -> scalar(row + ".device", Kind.DEVICE, values);
        };
    }

    private Sql scalar(String column, Kind kind, Set<String> values) {
        return Sql.of("coalesce(" + column + " = ANY (?), FALSE)", blinding.all(kind, values));
    }

    private Sql overlaps(Predicate.Overlaps overlaps, String row) {
        return switch (overlaps.fact()) {
            case CATEGORIES -> overlaps(overlaps, row + ".categories", Kind.CATEGORY);
            case CODES -> overlaps(overlaps, row + ".codes", Kind.CODE);
            case AUTHORS -> overlaps(overlaps, row + ".authors", Kind.AUTHOR);
            case LINKS_OUT -> Sql.of("(" + row + ".links && ?)", references(overlaps));
            case LINKS_IN -> linkedFrom(overlaps, row);
        };
    }

    /** Only a known fact has values; {@code column_unknown} says the rest. */
    private Sql overlaps(Predicate.Overlaps overlaps, String column, Kind kind) {
        long[] values = blinding.all(kind, overlaps.values());
        return overlaps.whenUnknown()
                ? Sql.of("(" + column + "_unknown OR " + column + " && ?)", values)
                : Sql.of("(" + column + " && ?)", values);
    }

    /** The few targets of the named documents, found once per query. */
    private Sql linkedFrom(Predicate.Overlaps overlaps, String row) {
        return Sql.of(
                "(" + row + ".ref = ANY (ARRAY(SELECT unnest(f.links) FROM document f"
                        + " WHERE f.person_id = ? AND f.ref = ANY (?) AND NOT f.deleted)))",
                person.value(),
                references(overlaps));
    }

    private long[] references(Predicate.Overlaps overlaps) {
        return blinding.all(Kind.REFERENCE, overlaps.values());
    }

    /** Packed samples refer to nobody but the person. */
    private Sql referredToBy(Predicate referrer, String row) {
        Sql documents = referredToByDocuments(referrer, row);
        String herself = "Patient/" + person;
        return packedReferrers.computeIfAbsent(referrer, by -> packed.to(herself, by))
                ? Sql.joined(
                        " OR ", List.of(documents, Sql.of(row + ".ref = ?", blinding.one(Kind.REFERENCE, herself))))
                : documents;
    }

    private Sql referredToByDocuments(Predicate referrer, String row) {
        if (referrals == Referrals.SHARED) {
            String name = sharedNames.get(referrer);
            return Sql.of("(" + row + ".ref IN (SELECT ref FROM " + (name == null ? share(referrer) : name) + "))");
        }
        String by = "r" + ++aliases;
        return Sql.of(
                        "EXISTS (SELECT 1 FROM document " + by + " WHERE " + by + ".person_id = ? AND NOT " + by
                                + ".deleted AND " + by + ".links @> ARRAY[" + row + ".ref] AND ",
                        person.value())
                .add(condition(referrer, by))
                .add(")");
    }

    /** Names what the referrers point to. A referrer's own referrals are named before it. */
    private String share(Predicate referrer) {
        String by = "r" + ++aliases;
        String name = "referred" + aliases;
        Sql where = condition(referrer, by);
        shared.add(Sql.of(
                        name + " AS MATERIALIZED (SELECT DISTINCT l.ref FROM document " + by
                                + " CROSS JOIN LATERAL unnest(" + by + ".links) AS l (ref) WHERE " + by
                                + ".person_id = ? AND NOT " + by + ".deleted AND ",
                        person.value())
                .add(where)
                .add(")"));
        sharedNames.put(referrer, name);
        return name;
    }

    private static Sql within(Predicate.TimeWithin within, String row) {
        Sql sql = Sql.of("(" + row + ".time_known");
        if (within.from() != null) {
            sql.add(" AND " + row + ".data_from >= ?", Micros.ceil(within.from()));
        }
        if (within.to() != null) {
            sql.add(" AND " + row + ".data_to <= ?", Micros.floor(within.to()));
        }
        return sql.add(")");
    }

    private static Sql touches(Predicate.TimeTouches touches, String row) {
        Sql sql = Sql.of("(NOT " + row + ".time_known OR (TRUE");
        if (touches.from() != null) {
            sql.add(" AND " + row + ".data_to > ?", Micros.floor(touches.from()));
        }
        if (touches.to() != null) {
            sql.add(" AND " + row + ".data_from < ?", Micros.ceil(touches.to()));
        }
        return sql.add("))");
    }
}
