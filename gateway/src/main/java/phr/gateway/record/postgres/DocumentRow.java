package phr.gateway.record.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.Blinding.Kind;

/**
 * One row of table {@code document}.
 *
 * @param id under which it is stored
 * @param labels with what people added
 * @param body encrypted
 */
record DocumentRow(
        PersonId person, Incoming incoming, UUID id, int version, Instant lastUpdated, Labels labels, byte[] body) {

    private static final String COLUMNS = """
            INSERT INTO document (person_id, ref, data_from, data_to, document_type, source, device, id, source_key,
                content, original, last_updated, version, confidentiality, labelled, time_known, categories_unknown,
                codes_unknown, authors_unknown, type, categories, codes, authors, links, sensitivities, tokens, body)
            VALUES\s""";

    private static final String VALUES = "(" + "?, ".repeat(26) + "?)";

    /** For so many rows, whose values are bound one row after the other. */
    static String insert(int rows) {
        return COLUMNS + (VALUES + ", ").repeat(rows - 1) + VALUES;
    }

    /** @param before of the labels of an earlier version: what people added and the quarantine stay */
    static DocumentRow of(
            PersonId person,
            Incoming incoming,
            UUID id,
            int version,
            Instant now,
            DataKey key,
            @Nullable LabelOrigin before) {
        Facts facts = incoming.document().facts();
        LabelOrigin origin = LabelOrigin.of(facts, before);
        Labels labels = LabelOrigin.labels(facts.labels(), facts.basis(), origin);
        Envelope envelope = new Envelope(
                incoming.document().source(),
                List.copyOf(facts.categories().values()),
                List.copyOf(facts.linksOut()),
                origin,
                Meta.spliced(incoming.document(), id, version, now, labels));
        byte[] context = Envelope.context(person, facts.type(), id, version);
        return new DocumentRow(person, incoming, id, version, now, labels, key.encrypt(envelope.bytes(), context));
    }

    /** @return where the values of the next row begin */
    int bind(PreparedStatement insert, int from, Blinding blinding) throws SQLException {
        Columns columns = new Columns(insert, from);
        Facts facts = incoming.document().facts();
        columns.next(person.value());
        columns.next(blinding.one(Kind.REFERENCE, facts.type() + "/" + id));
        columns.next(Micros.start(facts.time().from()));
        columns.next(Micros.end(facts.time().to()));
        columns.next(blinding.optional(Kind.DOCUMENT_TYPE, facts.documentType()), Types.BIGINT);
        columns.next(blinding.optional(Kind.SOURCE, facts.source()), Types.BIGINT);
        columns.next(blinding.optional(Kind.DEVICE, facts.device()), Types.BIGINT);
        columns.next(id);
        columns.next(incoming.sourceKey());
        columns.next(incoming.content());
        columns.next(incoming.original(), Types.OTHER);
        columns.next(lastUpdated.atOffset(ZoneOffset.UTC));
        columns.next(version);
        columns.next(labels.confidentiality().ordinal());
        columns.next(labels.labelled());
        columns.next(facts.time().known());
        columns.next(facts.categories().unknown());
        columns.next(facts.codes().unknown());
        columns.next(facts.authors().unknown());
        columns.next(facts.type());
        columns.next(values(blinding, Kind.CATEGORY, facts.categories()));
        columns.next(values(blinding, Kind.CODE, facts.codes()));
        columns.next(values(blinding, Kind.AUTHOR, facts.authors()));
        columns.next(values(blinding, Kind.REFERENCE, facts.linksOut()));
        columns.next(values(blinding, Kind.SENSITIVITY, labels.sensitivities()));
        columns.next(tokens(blinding, incoming.document().tokens()));
        columns.next(body);
        return columns.index;
    }

    private static long[] values(Blinding blinding, Kind kind, Tokens tokens) {
        return values(blinding, kind, tokens.values());
    }

    /** Sorted, so that the order of the texts does not show. */
    static long[] values(Blinding blinding, Kind kind, Collection<String> texts) {
        return LongStream.of(blinding.all(kind, texts)).sorted().toArray();
    }

    private static long[] tokens(Blinding blinding, Map<String, Set<String>> tokens) {
        return tokens.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(token -> blinding.tokenForms(entry.getKey(), token)))
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .distinct()
                .sorted()
                .toArray();
    }

    /** Binds in the order of the columns. */
    private static final class Columns {

        private final PreparedStatement statement;
        private int index;

        Columns(PreparedStatement statement, int from) {
            this.statement = statement;
            this.index = from;
        }

        void next(Object value) throws SQLException {
            statement.setObject(index++, value);
        }

        void next(@Nullable Object value, int type) throws SQLException {
            if (value == null) {
                statement.setNull(index++, type);
            } else {
                statement.setObject(index++, value);
            }
        }
    }
}
