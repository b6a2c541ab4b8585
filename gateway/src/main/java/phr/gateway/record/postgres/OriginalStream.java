package phr.gateway.record.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import phr.consent.Permit;
import phr.gateway.keys.DataKey;

/**
 * Bytes of an original, one chunk in memory. Each chunk is fetched by itself with the permit confirmed again, so a slow reader
 * holds no connection and a revocation ends the stream.
 */
final class OriginalStream extends InputStream {

    private final Transactions transactions;
    private final Standing standing;
    private final Permit permit;
    private final UUID name;
    private final OriginalHead head;
    private byte[] chunk = {};
    private int position;
    private int next;

    OriginalStream(Transactions transactions, Standing standing, Permit permit, UUID name, OriginalHead head) {
        this.transactions = transactions;
        this.standing = standing;
        this.permit = permit;
        this.name = name;
        this.head = head;
    }

    @Override
    public int read() throws IOException {
        return filled() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return chunk.length - position;
    }

    private boolean filled() throws IOException {
        if (position < chunk.length) {
            return true;
        }
        if (next == head.chunks()) {
            return false;
        }
        chunk = transactions.read(this::fetch);
        position = 0;
        next++;
        if (chunk.length == 0) {
            throw new IOException("a part of an original is missing");
        }
        return true;
    }

    private byte[] fetch(Connection connection) throws SQLException {
        DataKey key = standing.confirm(connection, permit).orElse(null);
        if (key == null) {
            return new byte[0];
        }
        Sql sql = Sql.of(
                        "SELECT body FROM original_chunk WHERE person_id = ? AND content = ? AND ordinal = ? AND ",
                        permit.subject().value(),
                        name,
                        next)
                .add(Standing.condition(permit));
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return new byte[0];
            }
            return head.unpacked(key.decrypt(row.getBytes(1), head.chunkContext(permit.subject(), next)));
        }
    }
}
