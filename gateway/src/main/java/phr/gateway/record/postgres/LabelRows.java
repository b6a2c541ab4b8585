package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.Blinding.Kind;

/** Reads documents of one person that have content, with what their labels are made from, and writes their labels. The caller holds her lock. */
final class LabelRows {

    private static final String COLUMNS = "SELECT ref, type, id, version, body FROM ";

    /** One stored version. */
    record Stored(String table, long ref, String type, UUID id, int version, Envelope envelope) {}

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final Blinding blinding;

    LabelRows(Connection connection, PersonId person, DataKey key) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.blinding = new Blinding(key);
    }

    long ref(String reference) {
        return blinding.one(Kind.REFERENCE, reference);
    }

    Optional<Stored> current(long ref) throws SQLException {
        return select("document", Sql.of("person_id = ? AND ref = ?", person.value(), ref)).stream()
                .findFirst();
    }

    /** In order of reference and version. */
    List<Stored> page(String table, long afterRef, int afterVersion, int count) throws SQLException {
        return select(
                table,
                Sql.of(
                        "person_id = ? AND (ref, version) > (?, ?) ORDER BY ref, version LIMIT " + count,
                        person.value(),
                        afterRef,
                        afterVersion));
    }

    /** Provenance resources that refer to any of these. */
    List<Stored> provenances(Collection<Long> refs) throws SQLException {
        long[] links = refs.stream().mapToLong(Long::longValue).toArray();
        return select(
                "document", Sql.of("person_id = ? AND links && ? AND type = 'Provenance'", person.value(), links));
    }

    private List<Stored> select(String table, Sql condition) throws SQLException {
        List<Stored> stored = new ArrayList<>();
        try (PreparedStatement select = Sql.of(COLUMNS + table + " WHERE NOT deleted AND ")
                        .add(condition)
                        .prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String type = row.getString(2);
                UUID id = row.getObject(3, UUID.class);
                int version = row.getInt(4);
                byte[] plain = key.decrypt(row.getBytes(5), Envelope.context(person, type, id, version));
                stored.add(new Stored(table, row.getLong(1), type, id, version, Envelope.parse(plain)));
            }
        }
        return stored;
    }

    /** @return whether anything was different */
    boolean write(Stored stored, StoredLabels.Relabelled relabelled) throws SQLException {
        byte[] plain = relabelled.envelope().bytes();
        if (Arrays.equals(plain, stored.envelope().bytes())) {
            return false;
        }
        byte[] context = Envelope.context(person, stored.type(), stored.id(), stored.version());
        Sql sql = Sql.of(
                        "UPDATE " + stored.table()
                                + " SET confidentiality = ?, labelled = ?, sensitivities = ?, body = ?",
                        relabelled.labels().confidentiality().ordinal(),
                        relabelled.labels().labelled(),
                        blinded(Kind.SENSITIVITY, relabelled.labels().sensitivities()),
                        key.encrypt(plain, context))
                .add(categories(relabelled.envelope().categories()))
                .add(
                        " WHERE person_id = ? AND ref = ? AND version = ?",
                        person.value(),
                        stored.ref(),
                        stored.version());
        try (PreparedStatement update = sql.prepare(connection)) {
            return update.executeUpdate() == 1;
        }
    }

    /** No category leaves the columns alone: a supporting type, or nobody knows. */
    private Sql categories(List<String> categories) {
        return categories.isEmpty()
                ? Sql.of("")
                : Sql.of(", categories = ?, categories_unknown = false", blinded(Kind.CATEGORY, categories));
    }

    private long[] blinded(Kind kind, Collection<String> texts) {
        return LongStream.of(blinding.all(kind, texts)).sorted().toArray();
    }
}
