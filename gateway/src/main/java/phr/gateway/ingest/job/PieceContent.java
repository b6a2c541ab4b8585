package phr.gateway.ingest.job;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.Content;

/** A file that has arrived, as it lies in its pieces: nothing of it stands anywhere in the clear. The last piece is in memory. */
public final class PieceContent implements Content {

    private static final int AT_ONCE = 4;

    private final long size;
    private final Frames frames;
    private final Sha256 sha256;
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private int held = -1;
    private byte[] last = {};
    private @Nullable FailureException failure;

    /** @param frames fetches pieces as they are packed */
    PieceContent(long size, Frames frames, Sha256 sha256) {
        this.size = size;
        this.frames = frames;
        this.sha256 = sha256;
    }

    /** Reads all of it once for its digest. */
    static PieceContent read(long size, Frames frames) {
        MessageDigest digest = Sha256.digester();
        for (int ordinal = 0; (long) ordinal * Pieces.PIECE < size; ordinal += AT_ONCE) {
            frames.from(ordinal, AT_ONCE).forEach(frame -> digest.update(Pieces.unpacked(frame)));
        }
        return new PieceContent(size, frames, Sha256.from(digest.digest()));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Sha256 sha256() {
        return sha256;
    }

    @Override
    public InputStream open() {
        return new PieceStream(this);
    }

    @Override
    public Optional<Frames> frames() {
        return Optional.of(frames);
    }

    /** Small files of an archive lie side by side in one piece; who reads one after the other has some fetched together. */
    synchronized byte[] piece(int ordinal) {
        if (ordinal != held) {
            boolean next = ordinal == held + 1;
            if (!next) {
                ahead.clear();
            }
            if (ahead.isEmpty()) {
                ahead.addAll(fetched(ordinal, next ? AT_ONCE : 1));
            }
            last = Pieces.unpacked(ahead.remove());
            held = ordinal;
        }
        return last;
    }

    private List<byte[]> fetched(int ordinal, int count) {
        try {
            return frames.from(ordinal, count);
        } catch (FailureException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Who reads may take a piece that cannot be fetched now for a fault of the file.
     *
     * @throws FailureException the last reason why one could not be fetched
     */
    public synchronized void check() {
        if (failure != null) {
            throw failure;
        }
    }
}
