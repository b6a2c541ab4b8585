package phr.gateway.record.postgres;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.record.sampled.SampledName;
import phr.gateway.record.series.IdPage;
import phr.gateway.record.series.Place;

/** In whose record a sample may be, by the bits of its id that indexes keep. */
final class SampleOwners {

    private final Connection connection;
    private final DataKeys keys;

    SampleOwners(Connection connection, DataKeys keys) {
        this.connection = connection;
        this.keys = keys;
    }

    /** Persons to look at, of those named and those whom the organisation knows; seldom more than one. */
    Set<PersonId> candidates(UUID id, Set<PersonId> persons, @Nullable String organisation) throws SQLException {
        long kept = IdPage.kept(id);
        Sql among = among(persons, organisation);
        Set<PersonId> candidates = new LinkedHashSet<>();
        fresh(IdPage.bits(kept), among, candidates);
        settled(kept, among, candidates);
        return candidates;
    }

    /** In whose record the id stands for something made of samples: all keys are tried, so that it takes as long for any id. */
    Optional<PersonId> ofSampled(UUID id, Set<PersonId> persons, @Nullable String organisation) throws SQLException {
        Sql sql =
                Sql.of("SELECT c.person_id, c.wrapped FROM person_key c WHERE ").add(among(persons, organisation));
        PersonId found = null;
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                PersonId person = new PersonId(row.getObject(1, UUID.class));
                byte[] wrapped = row.getBytes(2);
                if (wrapped != null
                        && SampledName.of(id, keys.unwrap(person, wrapped)).isPresent()) {
                    found = person;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    private static Sql among(Set<PersonId> persons, @Nullable String organisation) {
        UUID[] ids = persons.stream().map(PersonId::value).toArray(UUID[]::new);
        return organisation == null
                ? Sql.of("c.person_id = ANY (?)", (Object) ids)
                : Sql.of("c.person_id IN (SELECT p.person FROM pairwise_id p WHERE p.organisation = ?)", organisation);
    }

    private void fresh(int bits, Sql among, Set<PersonId> candidates) throws SQLException {
        byte[] sought = ByteBuffer.allocate(Integer.BYTES).putInt(bits).array();
        Sql sql = Sql.of(
                        "SELECT DISTINCT c.person_id FROM sample_chunk c WHERE c.fresh AND position(? IN c.ids) > 0 AND ",
                        sought)
                .add(among);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                candidates.add(new PersonId(row.getObject(1, UUID.class)));
            }
        }
    }

    /** One page of each run. */
    private void settled(long kept, Sql among, Set<PersonId> candidates) throws SQLException {
        Sql sql = Sql.of(
                        "SELECT c.person_id, i.run, i.page, i.body FROM sample_run c JOIN sample_index i"
                                + " ON i.person_id = c.person_id AND i.run = c.run AND i.page = ((?::bigint * c.pages) >> "
                                + IdPage.ORDERED + ")::integer"
                                + " WHERE ",
                        (long) IdPage.bits(kept))
                .add(among);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                PersonId person = new PersonId(row.getObject(1, UUID.class));
                if (!candidates.contains(person) && holds(person, row, kept)) {
                    candidates.add(person);
                }
            }
        }
    }

    private boolean holds(PersonId person, ResultSet row, long kept) throws SQLException {
        Optional<DataKey> key = keys.find(connection, person);
        if (key.isEmpty()) {
            return false;
        }
        byte[] context = IdIndex.context(person, row.getInt(2), row.getInt(3));
        Set<Place> places = new HashSet<>();
        new IdPage(key.get().decrypt(row.getBytes(4), context)).find(kept, places::add);
        return !places.isEmpty();
    }
}
