package phr.gateway.ingest.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

class PieceContentTest {

    private static byte[] frame(byte[] file, int ordinal) {
        int from = ordinal * Pieces.PIECE;
        return Zstd.compress(Arrays.copyOfRange(file, from, Math.min(file.length, from + Pieces.PIECE)));
    }

    private static List<byte[]> frames(byte[] file, int from, int count) {
        return IntStream.range(from, from + count)
                .takeWhile(ordinal -> ordinal * Pieces.PIECE < file.length)
                .mapToObj(ordinal -> frame(file, ordinal))
                .toList();
    }

    private static byte[] file(Random random, int size) {
        byte[] file = new byte[size];
        random.nextBytes(file);
        return file;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Pieces.PIECE - 1, Pieces.PIECE, Pieces.PIECE + 1, 3 * Pieces.PIECE, 3 * Pieces.PIECE + 7})
    void is_the_file_however_it_is_read(int size) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] file = file(random, size);
        PieceContent content = PieceContent.read(size, (from, count) -> frames(file, from, count));
        assertEquals(size, content.size());
        assertEquals(Sha256.of(file), content.sha256());
        try (InputStream in = content.open()) {
            assertArrayEquals(file, in.readAllBytes());
        }
        for (int round = 0; round < 20; round++) {
            try (InputStream in = content.open()) {
                int at = 0;
                while (at < size) {
                    int step = random.nextInt(Pieces.PIECE * 3 / 2);
                    if (random.nextBoolean()) {
                        at += (int) in.skip(step);
                    } else if (random.nextBoolean()) {
                        assertEquals(file[at++], (byte) in.read(), "seed " + seed);
                    } else {
                        byte[] read = in.readNBytes(step);
                        assertArrayEquals(
                                Arrays.copyOfRange(file, at, Math.min(size, at + step)), read, "seed " + seed);
                        at += read.length;
                    }
                }
                assertEquals(-1, in.read(), "seed " + seed);
                assertEquals(0, in.skip(1));
            }
        }
        content.check();
    }

    @Test
    void who_takes_a_database_that_is_away_for_a_fault_of_the_file_is_told() throws IOException {
        byte[] file = file(new Random(1), 2 * Pieces.PIECE);
        AtomicBoolean away = new AtomicBoolean();
        FailureException failure =
                Failure.of(Category.UNAVAILABLE, "DB-1", "not now").exception();
        PieceContent content = PieceContent.read(file.length, (from, count) -> {
            if (away.get()) {
                throw failure;
            }
            return frames(file, from, count);
        });
        content.check();
        away.set(true);
        try (InputStream in = content.open()) {
            assertThrows(FailureException.class, in::readAllBytes);
        }
        away.set(false);
        try (InputStream in = content.open()) {
            assertArrayEquals(file, in.readAllBytes());
        }
        assertSame(failure, assertThrows(FailureException.class, content::check));
    }
}
