package phr.gateway.ingest.job;

import java.io.InputStream;

/** The bytes of a file, of which what is passed over is not fetched. */
final class PieceStream extends InputStream {

    private final PieceContent content;
    private final long size;
    private byte[] piece = {};
    private int held = -1;
    private long position;

    PieceStream(PieceContent content) {
        this.content = content;
        this.size = content.size();
    }

    @Override
    public int read() {
        return filled() ? piece[(int) (position++ % Pieces.PIECE)] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int at = (int) (position % Pieces.PIECE);
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long wanted) {
        long skipped = Math.max(0, Math.min(wanted, size - position));
        position += skipped;
        return skipped;
    }

    private boolean filled() {
        if (position >= size) {
            return false;
        }
        int wanted = (int) (position / Pieces.PIECE);
        if (wanted != held) {
            piece = content.piece(wanted);
            held = wanted;
        }
        return true;
    }
}
