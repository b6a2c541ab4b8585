package phr.gateway.ingest.job;

import java.io.InputStream;

/** The bytes of a file, one piece in memory. */
final class PieceStream extends InputStream {

    private final Job job;
    private final Pieces pieces;
    private byte[] piece = {};
    private int position;
    private int next;

    PieceStream(Job job, Pieces pieces) {
        this.job = job;
        this.pieces = pieces;
    }

    @Override
    public int read() {
        return filled() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean filled() {
        if (position < piece.length) {
            return true;
        }
        if ((long) next * Pieces.PIECE >= job.size()) {
            return false;
        }
        piece = pieces.piece(job, next++);
        position = 0;
        return true;
    }
}
