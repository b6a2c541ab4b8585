package phr.gateway.ingest.upload.repeated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.keys.Secrets;
import phr.gateway.record.PersonKeys;

/** Table {@code ingest_answer}: keys and bodies blinded, answers encrypted with the person's key. */
@Singleton
public class KeptAnswers {

    /** lifelog.md §6 asks for nothing; who sends again does so within a day. */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DataSource database;
    private final PersonKeys keys;
    private final Clock clock;
    private final UUID names;

    /**
     * A request as it is known again.
     *
     * @param key sender and key, blinded
     * @param body what was sent, blinded
     */
    public record Request(PersonId person, UUID key, UUID body) {}

    /**
     * What was answered.
     *
     * @param job that the file became; then its state now is the answer
     * @param body JSON; empty when there is a job
     */
    public record Answer(int status, @Nullable UUID job, byte[] body) {}

    @Inject
    KeptAnswers(DataSource database, PersonKeys keys, Clock clock, Secrets secrets) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
        ByteBuffer secret = ByteBuffer.wrap(secrets.of("ingest-answer"));
        this.names = new UUID(secret.getLong(), secret.getLong());
    }

    /**
     * @param sender two senders may use the same key
     * @param address the same file sent as something else is another request
     */
    public Request request(PersonId person, String sender, String address, String key, Sha256 file) {
        return new Request(
                person,
                Ids.v5(names, person + "|" + sender + "|" + key),
                Ids.v5(names, person + "|" + address + "|" + file));
    }

    /**
     * @return empty when it is new
     * @throws phr.fhir.failure.FailureException INVALID when the key came with something else before
     */
    public Optional<Answer> find(Request request) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select body, answer from ingest_answer where person_id = ? and request = ? and expires > ?")) {
            select.setObject(1, request.person().value());
            select.setObject(2, request.key());
            select.setObject(3, utc(clock.instant()));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(answer(row, request)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private Answer answer(ResultSet row, Request request) throws SQLException {
        if (!request.body().equals(row.getObject(1, UUID.class))) {
            throw Failure.of(
                            Category.INVALID,
                            "IDM-3",
                            "the key came with another body before",
                            "http." + RequestKey.HEADER)
                    .exception();
        }
        try {
            return JSON.readValue(keys.open(request.person(), context(request.key()), row.getBytes(2)), Answer.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kept answer has another shape");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for another request with this key that is at work. @return false when that one was answered, and keeps its answer */
    public boolean keep(Request request, Answer answer) {
        Instant now = clock.instant();
        return writing(
                "insert into ingest_answer (person_id, request, body, expires, answer) values (?, ?, ?, ?, ?)"
                        + " on conflict (person_id, request) do update set body = excluded.body,"
                        + " expires = excluded.expires, answer = excluded.answer where ingest_answer.expires <= ?",
                request.person().value(),
                request.key(),
                request.body(),
                utc(now.plus(KEPT)),
                sealed(request, answer),
                utc(now));
    }

    /** It may be done once more. */
    public void forget(Request request) {
        writing(
                "delete from ingest_answer where person_id = ? and request = ?",
                request.person().value(),
                request.key());
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void removeOverdue() {
        writing("delete from ingest_answer where expires <= ?", utc(clock.instant()));
    }

    private byte[] sealed(Request request, Answer answer) {
        try {
            return keys.seal(request.person(), context(request.key()), JSON.writeValueAsBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is JSON", e);
        }
    }

    static String context(UUID request) {
        return "answer|" + request;
    }

    private boolean writing(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
