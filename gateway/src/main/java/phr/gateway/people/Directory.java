package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import phr.consent.Party;
import phr.gateway.database.Briefly;
import phr.gateway.database.DatabaseFailure;

/**
 * Who is who, asked by every request: one short statement each, without a session. Inside a transaction it sees what the
 * transaction has written.
 */
@ApplicationScoped
class Directory {

    private static final String PARTY = "o.id, o.classes, o.country";

    private final DataSource dataSource;
    private final Briefly<String, Optional<Party>> parties = new Briefly<>(Duration.ofSeconds(1));
    private final Briefly<String, List<Client>> clients = new Briefly<>(Duration.ofSeconds(1));

    Directory(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The person of a login. */
    Optional<UUID> self(String issuer, String subject) {
        return first("select id from person where issuer = ? and subject = ?", Directory::id, issuer, subject);
    }

    /** The person of a login, and everybody over whom she holds or held an authority; empty when the login is nobody's. */
    List<UUID> selfAndPrincipals(String issuer, String subject) {
        return all(
                "with self as (select id from person where issuer = ? and subject = ?) select id from self"
                        + " union select a.person_id from self join authority_event a on a.holder_id = self.id",
                Directory::id,
                issuer,
                subject);
    }

    /** The sealed account of a person; an erased one has none. */
    Optional<byte[]> account(UUID person) {
        return first("select account from person where id = ? and erased is null", row -> row.getBytes(1), person);
    }

    /** The person whom the organisation knows by the pairwise id. */
    Optional<UUID> person(String organisation, UUID patient) {
        return first(
                "select person from pairwise_id where organisation = ? and patient = ?",
                Directory::id,
                organisation,
                patient);
    }

    /** The pairwise id by which the organisation knows the person. */
    Optional<UUID> patient(String organisation, UUID person) {
        return first(
                "select patient from pairwise_id where organisation = ? and person = ?",
                Directory::id,
                organisation,
                person);
    }

    /** Somebody the organisation knows, always the same while she stays. */
    Optional<UUID> anyKnown(String organisation) {
        return first(
                "select person from pairwise_id where organisation = ? order by person limit 1",
                Directory::id,
                organisation);
    }

    /** As registered, or a second ago. */
    Optional<Party> party(String organisation) {
        return kept(
                parties,
                organisation,
                () -> first(
                        "select " + PARTY + " from organisation o where o.id = ?", row -> party(row, 1), organisation));
    }

    /** A client application and the organisation that registered it. */
    record Client(Party vendor, String organisation, boolean processor) {}

    /** In the order of the organisations' ids; as registered, or a second ago. */
    List<Client> clients(String client) {
        return kept(
                clients,
                client,
                () -> all(
                        "select " + PARTY
                                + ", c.processor from organisation_client c join organisation o on o.id = c.organisation"
                                + " where c.client = ? order by o.id",
                        row -> new Client(party(row, 1), row.getString(1), row.getBoolean(4)),
                        client));
    }

    private static <V> V kept(Briefly<String, V> kept, String id, Supplier<V> look) {
        return kept.get(id).orElseGet(() -> {
            V found = look.get();
            kept.put(id, found);
            return found;
        });
    }

    void registered(@Observes(during = TransactionPhase.AFTER_SUCCESS) OrganisationRegistered event) {
        parties.forget();
        clients.forget();
    }

    private static UUID id(ResultSet row) throws SQLException {
        return row.getObject(1, UUID.class);
    }

    private static Party party(ResultSet row, int at) throws SQLException {
        String id = row.getString(at);
        String[] classes = (String[]) row.getArray(at + 1).getArray();
        return new Party(Organisations.REFERENCE + id, Set.of(id), Set.of(classes), row.getString(at + 2));
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> first(String sql, Reader<T> reader, Object... values) {
        return all(sql, reader, values).stream().findFirst();
    }

    private <T> List<T> all(String sql, Reader<T> reader, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                query.setObject(i + 1, values[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(reader.read(row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }
}
