package phr.gateway.notices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.caller.Caller;

/** The notices of one recipient, as it fetches and answers them. */
@ApplicationScoped
@Transactional
class Inbox {

    private final DataSource database;
    private final NoticeBody body;
    private final AccessLog log;
    private final Clock clock;

    Inbox(DataSource database, NoticeBody body, AccessLog log, Clock clock) {
        this.database = database;
        this.body = body;
        this.log = log;
        this.clock = clock;
    }

    /** What is fetched counts as sent. */
    List<ObjectNode> after(String organisation, long number, int count) {
        return onConnection(connection -> {
            List<ObjectNode> notices = new ArrayList<>();
            for (Notice notice : NoticeSql.after(connection, organisation, number, count)) {
                if (notice.sentAt() == null) {
                    NoticeSql.sent(connection, notice.id(), now());
                }
                notices.add(shown(notice));
            }
            return notices;
        });
    }

    ObjectNode acknowledge(Caller caller, UUID id) {
        return onConnection(connection -> {
            Notice notice = notice(connection, caller, id);
            if (notice.acknowledgedAt() == null) {
                NoticeSql.acknowledged(connection, id, now());
            }
            return shown(notice(connection, caller, id));
        });
    }

    /** The person finds the confirmation in her access log too. */
    ObjectNode erased(Caller caller, UUID id) {
        return onConnection(connection -> {
            Notice notice = notice(connection, caller, id);
            if (notice.kind() != Notice.Kind.ERASE_ASKED) {
                throw Failure.of(Category.CONFLICT, "notices", "this notice asks for no erasure")
                        .exception();
            }
            if (notice.erasedAt() == null) {
                NoticeSql.erased(connection, id, now());
                log.append(confirmation(caller, notice));
            }
            return shown(notice(connection, caller, id));
        });
    }

    private static AccessEvent confirmation(Caller caller, Notice notice) {
        return new AccessEvent(
                notice.person(),
                notice.organisation(),
                caller.client(),
                caller.user(),
                "notice",
                "erasure confirmed",
                List.of(),
                AccessEvent.Outcome.PERMIT,
                "NOTICE",
                notice.directive() == null ? List.of() : List.of(notice.directive() + "@" + notice.version()));
    }

    private static Notice notice(Connection connection, Caller caller, UUID id) throws SQLException {
        String organisation = Objects.requireNonNull(caller.organisation());
        return NoticeSql.locked(connection, organisation, id).orElseThrow(Inbox::notFound);
    }

    private ObjectNode shown(Notice notice) {
        ObjectNode json = body.of(notice);
        put(json, "acknowledged", notice.acknowledgedAt());
        put(json, "erased", notice.erasedAt());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable Instant at) {
        if (at != null) {
            json.put(name, at.toString());
        }
    }

    static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T onConnection(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw Failure.of(Category.UNAVAILABLE, "notices", "notices cannot be used now")
                    .exception();
        }
    }
}
