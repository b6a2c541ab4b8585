package phr.gateway.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveLint;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.State;
import phr.consent.ledger.Act;
import phr.consent.ledger.CollectionMethod;
import phr.consent.ledger.ConsentLedger;
import phr.fhir.PersonId;
import phr.fhir.failure.FailureException;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.record.PersonKeys;
import phr.portability.RecordSink.Arrival;
import phr.portability.TravellingDirective;

/**
 * Directives of an earlier provider (phr-package.md §8.6): a deny acts at once, a permit waits for the person and opens nothing.
 * All are kept as they came, sealed, in table {@code arrived_directive}; what arrives again does not begin to wait again.
 */
@Singleton
class ArrivedConsents {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final DataSource database;
    private final PersonKeys keys;
    private final ConsentLedger ledger;
    private final Clock clock;

    ArrivedConsents(DataSource database, PersonKeys keys, ConsentLedger ledger, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** One directive as the importer hands it over. */
    record Arrived(TravellingDirective directive, Arrival arrival, String sourceNamespace) {}

    /** Takes them in; must come after the last resource is saved, because a deny ends the permit of the import. */
    void accept(PersonId person, String actor, List<Arrived> directives) {
        for (Arrived arrived : directives) {
            keep(person, arrived);
            if (arrived.arrival() == Arrival.ACTIVE) {
                deny(person, actor, arrived.directive());
            }
        }
    }

    private void keep(PersonId person, Arrived arrived) {
        TravellingDirective directive = arrived.directive();
        String context = context(arrived.sourceNamespace(), directive.id() + "@" + directive.version());
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO arrived_directive"
                        + " (person_id, namespace, directive, version, arrival, body, arrived_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")) {
            insert.setObject(1, person.value());
            insert.setString(2, arrived.sourceNamespace());
            insert.setString(3, directive.id());
            insert.setInt(4, directive.version());
            insert.setString(5, arrived.arrival().name());
            insert.setBytes(6, keys.seal(person, context, directive.json()));
            insert.setObject(7, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /** @param directive {@code id@version} */
    static String context(String namespace, String directive) {
        return "directive|" + namespace + "|" + directive;
    }

    private void deny(PersonId person, String actor, TravellingDirective travelling) {
        Directive draft = draft(travelling);
        boolean known = ledger.list(person).stream()
                .filter(recorded -> recorded.directive().state() == State.ACTIVE)
                .anyMatch(recorded -> recorded.bodySha256().equals(DirectiveWriter.bodyHash(draft)));
        if (!known) {
            Act act = new Act(actor, "ja", CollectionMethod.IMPORT);
            ledger.grant(person, draft, ConsentLedger.Countries.UNKNOWN, act);
        }
    }

    /** A deny that cannot be read as a whole denies everything (CS-9): nothing opens because a sender wrote badly. */
    private Directive draft(TravellingDirective travelling) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(travelling.json());
            json.remove(Set.of("id", "version", "state", "events"));
            Directive draft = DirectiveReader.read(json);
            DirectiveLint.require(draft, clock.instant(), grantee -> null);
            return draft;
        } catch (JsonProcessingException | FailureException | ClassCastException e) {
            return Directive.unreadableDeny("", 1, State.ACTIVE);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory are read", e);
        }
    }
}
