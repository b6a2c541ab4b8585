package phr.gateway.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.Window;
import phr.consent.lifecourse.AgeBands;
import phr.fhir.PersonId;
import phr.fhir.failure.FailureException;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.record.PersonKeys;

/** Permits of earlier providers that wait for the person (phr-package.md §8.6). What cannot be read is no permit (CS-9). */
@Singleton
public class ArrivedPermits {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final DataSource database;
    private final PersonKeys keys;

    ArrivedPermits(DataSource database, PersonKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * One permit that waits.
     *
     * @param id the same whenever it is read
     * @param namespace of the provider it came from
     * @param directive as it came, without id and state
     * @param until silence ends it then, or its own validity before that; exclusive
     */
    public record ArrivedPermit(UUID id, String namespace, Directive directive, Instant until) {

        /** From then on it does not exist. */
        public boolean over(Instant now) {
            return !until.isAfter(now);
        }
    }

    /** Every one of them, also those that are over. */
    public List<ArrivedPermit> of(PersonId person) {
        List<ArrivedPermit> permits = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT namespace, directive, version, body, arrived_at"
                                + " FROM arrived_directive WHERE person_id = ? AND arrival = 'PENDING_RECONSENT'"
                                + " ORDER BY namespace, directive, version")) {
            select.setObject(1, person.value());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Instant arrived = row.getObject(5, OffsetDateTime.class).toInstant();
                    permit(person, row.getString(1), row.getString(2) + "@" + row.getInt(3), row.getBytes(4), arrived)
                            .ifPresent(permits::add);
                }
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
        return permits;
    }

    private Optional<ArrivedPermit> permit(
            PersonId person, String namespace, String directive, byte[] sealed, Instant arrived) {
        String key = namespace + "|" + directive;
        byte[] body = keys.open(person, ArrivedConsents.context(namespace, directive), sealed);
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(body);
            json.remove(Set.of("id", "version", "state", "events", "grantor"));
            UUID id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
            Directive draft = DirectiveReader.read(json);
            return Optional.of(new ArrivedPermit(id, namespace, draft, until(draft, arrived)))
                    .filter(permit -> permit.directive().effect().permits());
        } catch (JsonProcessingException | FailureException | ClassCastException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory are read", e);
        }
    }

    /** As long as every permit waits for the person (PENDING_RECONSENT, consent-semantics.md §10.1). */
    private static Instant until(Directive directive, Instant arrived) {
        Instant silence = AgeBands.JAPAN.waitsUntil(arrived);
        Window validity = directive.base().validity();
        Instant end = validity == null ? null : validity.until();
        return end == null || end.isAfter(silence) ? silence : end;
    }
}
