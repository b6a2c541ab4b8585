package phr.gateway.record.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.Grant;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Entry;
import phr.gateway.record.Position;
import phr.gateway.record.Query.Order;
import phr.gateway.record.postgres.Blinding.Kind;

/** Reads rows of a {@link Selection}. */
final class EntryReader {

    private final PersonId person;
    private final List<Grant> grants;
    private final DataKey key;
    private final Blinding blinding;
    private final PackedSamples samples;

    /** @param grants those whose number stands in a row */
    EntryReader(PersonId person, List<Grant> grants, DataKey key, Blinding blinding, PackedSamples samples) {
        this.person = person;
        this.grants = grants;
        this.key = key;
        this.blinding = blinding;
        this.samples = samples;
    }

    Entry entry(ResultSet row) throws SQLException {
        String type = row.getString("type");
        UUID id = row.getObject("id", UUID.class);
        int version = row.getInt("version");
        byte[] context = Envelope.context(person, type, id, version);
        Envelope envelope = Envelope.parse(key.decrypt(row.getBytes("body"), context));
        return new Entry(
                type,
                id,
                version,
                row.getObject("last_updated", OffsetDateTime.class).toInstant(),
                envelope.source(),
                Set.copyOf(envelope.categories()),
                time(row),
                envelope.json(),
                grants.get(row.getInt("number")).obligations(),
                hidden(envelope, row.getArray("hidden")),
                row.getBoolean("deleted"));
    }

    private static DataTime time(ResultSet row) throws SQLException {
        return row.getBoolean("time_known")
                ? DataTime.between(Micros.instant(row.getLong("data_from")), Micros.instant(row.getLong("data_to")))
                : DataTime.UNKNOWN;
    }

    static Position position(ResultSet row, Order order) throws SQLException {
        Instant time = order.byUpdate()
                ? row.getObject("last_updated", OffsetDateTime.class).toInstant()
                : Micros.instant(row.getLong("data_from"));
        return new Position(time, row.getString("type"), row.getObject("id", UUID.class));
    }

    /** The person herself is never hidden from who may read of her; the database does not know of packed samples. */
    private Set<String> hidden(Envelope envelope, @Nullable Array refs) throws SQLException {
        if (refs == null) {
            return Set.of();
        }
        Set<Object> hidden = Set.copyOf(Arrays.asList((Object[]) refs.getArray()));
        String herself = "Patient/" + person;
        Set<String> links = envelope.links().stream()
                .filter(link -> hidden.contains(blinding.one(Kind.REFERENCE, link)) && !link.equals(herself))
                .collect(Collectors.toCollection(HashSet::new));
        links.removeAll(samples.visible(links));
        return links;
    }
}
