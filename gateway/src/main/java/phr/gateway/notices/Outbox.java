package phr.gateway.notices;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;
import phr.consent.directive.State;
import phr.consent.ledger.ConsentChange;
import phr.consent.ledger.Recorded;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Writes notices in the transaction of the change they tell of: no crash can part the two. */
@ApplicationScoped
class Outbox {

    private static final Set<State> OVER = Set.of(State.REVOKED, State.REFUSED, State.PROPOSED);

    private final DataSource database;
    private final Clock clock;
    private final NoticesConfig config;

    Outbox(DataSource database, Clock clock, NoticesConfig config) {
        this.database = database;
        this.clock = clock;
        this.config = config;
    }

    void on(@Observes ConsentChange change) {
        writing(connection -> {
            write(connection, change);
            return change;
        });
    }

    /** The person asks everybody who got data under the directive to erase them; asking again asks nobody twice. */
    @Transactional
    public void askErasure(Recorded recorded) {
        writing(connection -> {
            Recipients recipients = new Recipients(connection, recorded.person());
            UUID directive = UUID.fromString(recorded.directive().id());
            Map<String, UUID> asked = new TreeMap<>(recipients.named(recorded.directive()));
            asked.putAll(recipients.served(recorded.directive().id()));
            for (Notice known : NoticeSql.ofDirective(connection, recorded.person(), directive)) {
                if (known.kind() == Notice.Kind.ERASE_ASKED) {
                    asked.remove(known.organisation());
                }
            }
            for (Map.Entry<String, UUID> one : asked.entrySet()) {
                add(connection, recorded, Notice.Kind.ERASE_ASKED, one, now().plus(config.eraseWithin()));
            }
            return asked;
        });
    }

    private void write(Connection connection, ConsentChange change) throws SQLException {
        Recorded after = change.after();
        Recipients recipients = new Recipients(connection, after.person());
        Map<String, UUID> now = change.kind() == ConsentChange.Kind.REVOKED || !permits(after.directive())
                ? Map.of()
                : recipients.named(after.directive());
        Directive replaced = change.kind() == ConsentChange.Kind.GRANTED ? null : change.before();
        Map<String, UUID> before =
                replaced == null || !permits(replaced) ? Map.of() : new TreeMap<>(recipients.named(replaced));
        if (replaced != null && permits(replaced)) {
            before.putAll(recipients.served(replaced.id()));
        }
        Map<String, UUID> all = new TreeMap<>(before);
        all.putAll(now);
        for (Map.Entry<String, UUID> one : all.entrySet()) {
            boolean kept = now.containsKey(one.getKey());
            boolean had = before.containsKey(one.getKey());
            add(
                    connection,
                    after,
                    kept ? (had ? Notice.Kind.CHANGED : Notice.Kind.GRANTED) : Notice.Kind.REVOKED,
                    one,
                    null);
            Optional<Instant> erase = kept || replaced == null ? Optional.empty() : promised(replaced);
            if (erase.isPresent()) {
                add(connection, after, Notice.Kind.ERASE_ASKED, one, erase.get());
            }
        }
    }

    private static boolean permits(Directive directive) {
        return directive.effect().permits() && !OVER.contains(directive.state());
    }

    /** When the erasure that the permit demanded is due now that it is over. */
    private Optional<Instant> promised(Directive permit) {
        Instant now = now();
        Instant latest = now.plus(config.eraseWithin());
        return permit.conditions().stream()
                .filter(condition -> condition.code() == Condition.Code.ERASE_BY)
                .map(condition ->
                        condition.instant() == null || condition.instant().isAfter(latest)
                                ? latest
                                : condition.instant().isBefore(now) ? now : condition.instant())
                .map(due -> due.truncatedTo(ChronoUnit.MICROS))
                .min(Instant::compareTo);
    }

    private void add(
            Connection connection,
            Recorded recorded,
            Notice.Kind kind,
            Map.Entry<String, UUID> recipient,
            @Nullable Instant eraseBy)
            throws SQLException {
        PersonId person = recorded.person();
        NoticeSql.insert(
                connection,
                new Notice(
                        Ids.v7(clock),
                        recipient.getKey(),
                        NoticeSql.number(connection, recipient.getKey()),
                        person,
                        recipient.getValue(),
                        UUID.fromString(recorded.directive().id()),
                        recorded.directive().version(),
                        kind,
                        now(),
                        eraseBy,
                        null,
                        null,
                        null));
    }

    List<Notice> ofDirective(PersonId person, UUID directive) {
        return writing(connection -> NoticeSql.ofDirective(connection, person, directive));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** On the connection of the caller's transaction. */
    private <T> T writing(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw Failure.of(Category.UNAVAILABLE, "notices", "notices cannot be written now")
                    .exception();
        }
    }
}
