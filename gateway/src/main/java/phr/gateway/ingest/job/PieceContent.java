package phr.gateway.ingest.job;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.Content;

/** A file that has arrived, as it lies in its pieces: nothing of it stands anywhere in the clear. The last piece is in memory. */
public final class PieceContent implements Content {

    private final long size;
    private final IntFunction<byte[]> frames;
    private final Sha256 sha256;
    private int held = -1;
    private byte[] last = {};
    private @Nullable FailureException failure;

    /** @param frames fetches a piece as it is packed */
    PieceContent(long size, IntFunction<byte[]> frames, Sha256 sha256) {
        this.size = size;
        this.frames = frames;
        this.sha256 = sha256;
    }

    /** Reads all of it once for its digest. */
    static PieceContent read(long size, IntFunction<byte[]> frames) {
        MessageDigest digest = Sha256.digester();
        for (int ordinal = 0; (long) ordinal * Pieces.PIECE < size; ordinal++) {
            digest.update(Pieces.unpacked(frames.apply(ordinal)));
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
    public Optional<IntFunction<byte[]>> frames() {
        return Optional.of(frames);
    }

    /** Small files of an archive lie side by side in one piece. */
    synchronized byte[] piece(int ordinal) {
        if (ordinal != held) {
            try {
                last = Pieces.unpacked(frames.apply(ordinal));
                held = ordinal;
            } catch (FailureException e) {
                failure = e;
                throw e;
            }
        }
        return last;
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
