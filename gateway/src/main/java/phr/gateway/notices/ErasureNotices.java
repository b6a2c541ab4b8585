package phr.gateway.notices;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.PersonId;

/** Asks everybody who has got data of a person to erase them, when she is erased here. */
@Singleton
public class ErasureNotices {

    /** As in the record of provision (consent-semantics.md §16.3), what was permitted. */
    private static final String PROVISIONS = " from audit_entry e where e.person = ? and e.outcome = 'PERMIT'"
            + " and e.action not in ('contribute', 'consent', 'ledger', 'notice')";

    private static final String RECIPIENTS = "select p.id, max(p.name) from ("
            + "select e.organisation as id, e.organisation_name as name" + PROVISIONS
            + " and e.organisation is not null"
            + " union all select c ->> 'id', c ->> 'name' from (select e.detail::jsonb -> 'counterparts' as list"
            + PROVISIONS + " and e.detail like '%\"counterparts\"%') d, jsonb_array_elements(d.list) c"
            + ") p where p.id is not null group by p.id order by p.id";

    private final Clock clock;
    private final Duration within;

    @Inject
    ErasureNotices(Clock clock, NoticesConfig config) {
        this(clock, config.eraseWithin());
    }

    /** @param within how soon recipients are to confirm */
    public ErasureNotices(Clock clock, Duration within) {
        this.clock = clock;
        this.within = within;
    }

    /**
     * Who has got data.
     *
     * @param organisation id without {@code Organization/}
     * @param name when it last got some
     * @param asked a notice tells it to erase; false for who has no door here, such as the maker of an app or another provider
     */
    public record Recipient(String organisation, @Nullable String name, boolean asked) {}

    /** Everybody who has got data of hers, as the access log knows. */
    public List<Recipient> recipients(Connection connection, PersonId person) throws SQLException {
        Map<String, String> served = served(connection, person);
        Set<String> known =
                new Recipients(connection, person).acquainted(served.keySet()).keySet();
        List<Recipient> recipients = new ArrayList<>();
        served.forEach(
                (id, name) -> recipients.add(new Recipient(id, name.isEmpty() ? null : name, known.contains(id))));
        return recipients;
    }

    /** Writes the notices in the caller's transaction, before the ids by which recipients know her are gone. */
    public List<Recipient> ask(Connection connection, PersonId person) throws SQLException {
        List<Recipient> recipients = recipients(connection, person);
        Map<String, UUID> patients = new Recipients(connection, person)
                .acquainted(served(connection, person).keySet());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (Map.Entry<String, UUID> one : new TreeMap<>(patients).entrySet()) {
            NoticeSql.insert(
                    connection,
                    new Notice(
                            Ids.v7(clock),
                            one.getKey(),
                            NoticeSql.number(connection, one.getKey()),
                            person,
                            one.getValue(),
                            null,
                            0,
                            Notice.Kind.ERASE_ASKED,
                            now,
                            now.plus(within),
                            null,
                            null,
                            null));
        }
        return recipients;
    }

    /** Name by id; empty when it was never written down. */
    private static Map<String, String> served(Connection connection, PersonId person) throws SQLException {
        Map<String, String> served = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(RECIPIENTS)) {
            select.setObject(1, person.value());
            select.setObject(2, person.value());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(2);
                    served.put(row.getString(1), name == null ? "" : name);
                }
            }
        }
        return served;
    }
}
