package phr.gateway.subscriptions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.people.Owner;
import phr.gateway.record.PersonKeys;

/** Table {@code subscription}. Criteria and headers are nobody's business but the owner's: they are sealed. */
@Singleton
public class SubscriptionRows {

    /** In the order in which {@link #read} expects them. */
    public static final String COLUMNS = "s.id, s.version, s.person_id, s.status, s.updated_at, s.ends_at, s.content";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Whoever was erased has no key: what is not deleted yet does not exist. */
    private static final String READABLE = " from subscription s join person_key k on k.person_id = s.person_id";

    private static final String OWNED =
            " where s.client = ? and s.organisation is not distinct from ? and s.actor is not distinct from ?::uuid";

    private final DataSource database;
    private final PersonKeys keys;

    SubscriptionRows(DataSource database, PersonKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    void insert(Owner owner, Subscription subscription) {
        writing(
                "with s as (insert into subscription (id, person_id, organisation, actor, client, type, status, version,"
                        + " updated_at, ends_at, content) values (?, ?, ?, ?::uuid, ?, ?, ?, ?, ?, ?, ?) returning id, updated_at)"
                        + " insert into subscription_courier (subscription, next_at) select id, updated_at from s",
                subscription.id(),
                subscription.person().value(),
                owner.organisation(),
                owner.actor() == null ? null : owner.actor().toString(),
                owner.client(),
                subscription.criteria().type(),
                subscription.status().code(),
                subscription.version(),
                utc(subscription.updatedAt()),
                utc(subscription.end()),
                sealed(subscription));
    }

    /** @return false when somebody else has changed it meanwhile */
    boolean replace(Subscription subscription) {
        return writing(
                "update subscription set type = ?, status = ?, version = ?, updated_at = ?, ends_at = ?, content = ?"
                        + " where id = ? and version = ?",
                subscription.criteria().type(),
                subscription.status().code(),
                subscription.version(),
                utc(subscription.updatedAt()),
                utc(subscription.end()),
                sealed(subscription),
                subscription.id(),
                subscription.version() - 1);
    }

    /** Waits for a delivery in progress: its rows are locked first, in the order in which a courier locks them. */
    boolean delete(Owner owner, UUID id) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = prepared(
                            connection,
                            "select 1 from subscription_courier c where c.subscription ="
                                    + " (select s.id from subscription s" + OWNED + " and s.id = ?) for update",
                            owned(owner, id));
                    PreparedStatement delete = prepared(
                            connection, "delete from subscription s" + OWNED + " and s.id = ?", owned(owner, id))) {
                lock.execute();
                boolean deleted = delete.executeUpdate() > 0;
                connection.commit();
                return deleted;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw unavailable();
        }
    }

    Optional<Subscription> find(Owner owner, UUID id) {
        return reading("select " + COLUMNS + READABLE + OWNED + " and s.id = ?", owned(owner, id)).stream()
                .findFirst();
    }

    /** Oldest first. */
    List<Subscription> of(Owner owner) {
        return reading("select " + COLUMNS + READABLE + OWNED + " order by s.id", owned(owner, null));
    }

    private static @Nullable Object[] owned(Owner owner, @Nullable UUID id) {
        String actor = owner.actor() == null ? null : owner.actor().toString();
        return id == null
                ? new @Nullable Object[] {owner.client(), owner.organisation(), actor}
                : new @Nullable Object[] {owner.client(), owner.organisation(), actor, id};
    }

    /** A row of {@link #COLUMNS}. */
    public Subscription read(ResultSet row) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        PersonId person = new PersonId(row.getObject(3, UUID.class));
        try {
            JsonNode content = JSON.readTree(keys.open(person, context(id), row.getBytes(7)));
            OffsetDateTime end = row.getObject(6, OffsetDateTime.class);
            return new Subscription(
                    id,
                    row.getInt(2),
                    person,
                    JSON.treeToValue(content.get("subscriber"), Caller.class),
                    (ObjectNode) content.get("resource"),
                    Subscription.Status.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                    row.getObject(5, OffsetDateTime.class).toInstant(),
                    end == null ? null : end.toInstant());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("content of a subscription is not JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] sealed(Subscription subscription) {
        ObjectNode content = JSON.createObjectNode();
        content.set("subscriber", JSON.valueToTree(subscription.subscriber()));
        content.set("resource", subscription.resource());
        try {
            return keys.seal(subscription.person(), context(subscription.id()), JSON.writeValueAsBytes(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is JSON");
        }
    }

    static String context(UUID id) {
        return "subscription|" + id;
    }

    private boolean writing(String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            throw unavailable();
        }
    }

    private List<Subscription> reading(String sql, @Nullable Object... values) {
        List<Subscription> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = prepared(connection, sql, values);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(read(row));
            }
        } catch (SQLException e) {
            throw unavailable();
        }
        return found;
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static RuntimeException unavailable() {
        return Failure.of(Category.UNAVAILABLE, "subscriptions", "subscriptions cannot be used now")
                .exception();
    }
}
