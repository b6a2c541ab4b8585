package phr.gateway.record.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Entry;
import phr.gateway.record.Position;
import phr.gateway.record.postgres.Blinding.Kind;

/** Reads rows of a {@link Selection}. */
final class EntryReader {

    private final Permit permit;
    private final DataKey key;
    private final Blinding blinding;

    EntryReader(Permit permit, DataKey key, Blinding blinding) {
        this.permit = permit;
        this.key = key;
        this.blinding = blinding;
    }

    Entry entry(ResultSet row) throws SQLException {
        String type = row.getString("type");
        UUID id = row.getObject("id", UUID.class);
        int version = row.getInt("version");
        byte[] context = Envelope.context(permit.subject(), type, id, version);
        Envelope envelope = Envelope.parse(key.decrypt(row.getBytes("body"), context));
        return new Entry(
                type,
                id,
                version,
                row.getObject("last_updated", OffsetDateTime.class).toInstant(),
                envelope.source(),
                Set.copyOf(envelope.categories()),
                envelope.json(),
                permit.grants().get(row.getInt("number")).obligations(),
                hidden(envelope, row.getArray("hidden")));
    }

    static Position position(ResultSet row) throws SQLException {
        return new Position(
                Micros.instant(row.getLong("data_from")), row.getString("type"), row.getObject("id", UUID.class));
    }

    /** The person herself is never hidden from who may read of her. */
    private Set<String> hidden(Envelope envelope, @Nullable Array refs) throws SQLException {
        if (refs == null) {
            return Set.of();
        }
        Set<Object> hidden = Set.copyOf(Arrays.asList((Object[]) refs.getArray()));
        String person = "Patient/" + permit.subject();
        return envelope.links().stream()
                .filter(link -> hidden.contains(blinding.one(Kind.REFERENCE, link)) && !link.equals(person))
                .collect(Collectors.toUnmodifiableSet());
    }
}
