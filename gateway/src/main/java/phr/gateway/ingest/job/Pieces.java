package phr.gateway.ingest.job;

import com.github.luben.zstd.Zstd;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Content;
import phr.gateway.database.DatabaseFailure;
import phr.gateway.record.PersonKeys;

/**
 * Table {@code ingest_piece}: the bytes of a file, compressed and encrypted with the person's key, a mebibyte at a time. A piece is
 * durable with the count of bytes that have arrived, so whoever goes on knows where.
 *
 * <p>The original of the record is encrypted anew: its chunks are bound to the digest of the whole file, which is not known
 * before the last byte; and a file with a My Number must leave no chunk behind.
 */
@Singleton
public class Pieces {

    static final int PIECE = 1 << 20;

    /** As for originals, which take pieces as they are packed. */
    private static final int LEVEL = 3;

    private final DataSource database;
    private final PersonKeys keys;
    private final JobsConfig config;
    private final Clock clock;
    private final RunningDigests digests = new RunningDigests();

    Pieces(DataSource database, PersonKeys keys, JobsConfig config, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Takes in what the stream has, up to the size of the file. When the stream breaks, what has come is kept.
     *
     * @param token of whoever holds the upload
     * @return bytes that have arrived by now
     * @throws phr.fhir.failure.FailureException CONFLICT when somebody else goes on with the upload
     */
    long append(Job job, UUID token, InputStream in) throws IOException {
        byte[] buffer = new byte[PIECE];
        long arrived = job.arrived();
        int kept = (int) (arrived % PIECE);
        if (kept > 0) {
            byte[] last = piece(job, (int) (arrived / PIECE));
            System.arraycopy(last, 0, buffer, 0, kept);
        }
        MessageDigest digest = digests.take(job.id(), arrived);
        try {
            while (arrived < job.size()) {
                int room = (int) Math.min(PIECE - kept, job.size() - arrived);
                Filling filling = Filling.of(in, buffer, kept, room);
                if (filling.count() > 0) {
                    byte[] plain = Arrays.copyOf(buffer, kept + filling.count());
                    write(job, token, arrived, arrived + filling.count(), plain);
                    arrived += filling.count();
                    if (digest != null) {
                        digest.update(buffer, kept, filling.count());
                    }
                }
                filling.check();
                if (filling.count() < room) {
                    break;
                }
                kept = 0;
            }
        } finally {
            digests.keep(job.id(), arrived, digest);
        }
        return arrived;
    }

    /** The last byte makes it a job. */
    private void write(Job job, UUID token, long before, long after, byte[] plain) {
        int ordinal = (int) (before / PIECE);
        Instant now = clock.instant();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "with j as (update ingest_job set arrived = ?, lease_until = ?, expires = ?,"
                                + " state = case when size = ? then 'NEW' else state end,"
                                + " queued_at = case when size = ? then ?::timestamptz end,"
                                + " taken = case when size = ? then null else taken end"
                                + " where id = ? and taken = ? and arrived = ? and state = 'UPLOADING' returning id, person_id)"
                                + " insert into ingest_piece (job, person_id, ordinal, body) select id, person_id, ?, ? from j"
                                + " on conflict (job, ordinal) do update set body = excluded.body")) {
            statement.setLong(1, after);
            statement.setObject(2, after == job.size() ? null : utc(now.plus(config.lease())));
            statement.setObject(3, utc(now.plus(config.unfinished())));
            statement.setLong(4, after);
            statement.setLong(5, after);
            statement.setObject(6, utc(now));
            statement.setLong(7, after);
            statement.setObject(8, job.id());
            statement.setObject(9, token);
            statement.setLong(10, before);
            statement.setInt(11, ordinal);
            statement.setBytes(12, keys.seal(job.person(), context(job.id(), ordinal), Zstd.compress(plain, LEVEL)));
            if (statement.executeUpdate() != 1) {
                throw Failure.of(Category.CONFLICT, "UPL-3", "somebody else goes on with this upload")
                        .exception();
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
    }

    /** Of a file that has arrived whole; read once for its digest, unless all of it has arrived here. */
    public PieceContent content(Job job) {
        Content.Frames frames = (ordinal, count) -> frames(job, ordinal, count);
        MessageDigest digest = digests.take(job.id(), job.size());
        return digest == null
                ? PieceContent.read(job.size(), frames)
                : new PieceContent(job.size(), frames, Sha256.from(digest.digest()));
    }

    /** The first bytes of a file, the whole first piece at most. */
    public byte[] head(Job job) {
        return piece(job, 0);
    }

    byte[] piece(Job job, int ordinal) {
        return unpacked(frames(job, ordinal, 1).get(0));
    }

    static byte[] unpacked(byte[] frame) {
        return Zstd.decompress(frame, PIECE);
    }

    private List<byte[]> frames(Job job, int from, int count) {
        PersonKeys.Opening opening = keys.opening(job.person());
        List<byte[]> frames = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select body from ingest_piece"
                        + " where job = ? and ordinal >= ? and ordinal < ? order by ordinal")) {
            select.setObject(1, job.id());
            select.setInt(2, from);
            select.setInt(3, from + count);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    frames.add(opening.open(context(job.id(), from + frames.size()), row.getBytes(1)));
                }
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e);
        }
        long expected = Math.min(count, (job.size() + PIECE - 1) / PIECE - from);
        if (frames.size() < expected) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
        return frames;
    }

    static String context(UUID job, int ordinal) {
        return JobRows.context(job, String.valueOf(ordinal));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
