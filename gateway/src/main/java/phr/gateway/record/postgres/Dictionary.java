package phr.gateway.record.postgres;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * What resources have in common, so that a small one is compressed like a part of a large file. It was trained on invented ones and never
 * changes: what was compressed with it can be read with nothing else.
 */
final class Dictionary {

    static final Dictionary FIRST = new Dictionary("envelope-1.zdict");

    private static final int LEVEL = 3;

    private final ThreadLocal<ZstdCompressCtx> compressing;
    private final ThreadLocal<ZstdDecompressCtx> decompressing;

    private Dictionary(String name) {
        byte[] bytes = read(name);
        ZstdDictCompress toCompress = new ZstdDictCompress(bytes, LEVEL);
        ZstdDictDecompress toDecompress = new ZstdDictDecompress(bytes);
        this.compressing = ThreadLocal.withInitial(() -> new ZstdCompressCtx().loadDict(toCompress));
        this.decompressing = ThreadLocal.withInitial(() -> new ZstdDecompressCtx().loadDict(toDecompress));
    }

    private static byte[] read(String name) {
        try (InputStream in = Objects.requireNonNull(Dictionary.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /** @param first goes before the compressed bytes */
    byte[] compressed(byte[] plain, byte first) {
        byte[] target = new byte[1 + (int) Zstd.compressBound(plain.length)];
        target[0] = first;
        int length = compressing.get().compressByteArray(target, 1, target.length - 1, plain, 0, plain.length);
        return Arrays.copyOf(target, 1 + length);
    }

    /** @param from where the compressed bytes begin */
    byte[] decompressed(byte[] bytes, int from) {
        long length = Zstd.getFrameContentSize(bytes, from, bytes.length - from);
        if (length < 0) {
            throw new IllegalStateException("a stored body does not say how long it is");
        }
        byte[] plain = new byte[Math.toIntExact(length)];
        decompressing.get().decompressByteArray(plain, 0, plain.length, bytes, from, bytes.length - from);
        return plain;
    }
}
