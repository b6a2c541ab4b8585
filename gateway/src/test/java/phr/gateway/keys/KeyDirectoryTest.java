package phr.gateway.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

class KeyDirectoryTest {

    @TempDir
    Path place;

    @Test
    void aMissingKeyIsNotMadeUnlessTheOperatorWantsIt() {
        KeyDirectory directory = new KeyDirectory(place.resolve("keys"), false);
        FailureException refused = assertThrows(FailureException.class, () -> MasterKeyFile.masterKey(directory));
        assertEquals(Category.UNAVAILABLE, refused.failure().category());
        assertFalse(Files.exists(place.resolve("keys")), "nothing was made");
    }

    @Test
    void aMadeKeyStaysTheSame() {
        MasterKey first = MasterKeyFile.masterKey(new KeyDirectory(place.resolve("keys"), true));
        MasterKey again = MasterKeyFile.masterKey(new KeyDirectory(place.resolve("keys"), false));
        assertArrayEquals(first.secret("x"), again.secret("x"));
    }

    @Test
    void twoKeysAreNotTheSame() {
        MasterKey one = MasterKeyFile.masterKey(new KeyDirectory(place.resolve("one"), true));
        MasterKey two = MasterKeyFile.masterKey(new KeyDirectory(place.resolve("two"), true));
        assertFalse(java.util.Arrays.equals(one.secret("x"), two.secret("x")), "random");
    }

    @Test
    void onlyTheOwnerReadsAMadeKey() throws IOException {
        assumeTrue(place.getFileSystem().supportedFileAttributeViews().contains("posix"));
        MasterKeyFile.masterKey(new KeyDirectory(place.resolve("keys"), true));
        Path key = place.resolve("keys").resolve(MasterKeyFile.NAME);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent())));
    }

    @Test
    void twoGatewaysThatStartAtOnceShareOneKeyAndLeaveNoDraft() throws IOException {
        List<String> keys = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> new KeyDirectory(place.resolve("keys"), true)
                        .read("signing.jwk", () -> ("key " + i).getBytes(StandardCharsets.US_ASCII)))
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .distinct()
                .toList();
        assertEquals(1, keys.size());
        try (Stream<Path> files = Files.list(place.resolve("keys"))) {
            assertEquals(
                    List.of("signing.jwk"),
                    files.map(f -> f.getFileName().toString()).toList());
        }
    }

    @Test
    void aFileThatHoldsNoKeyIsRefusedWithoutShowingIt() throws IOException {
        for (String content : List.of("", "c2hvcnQ=", "no base64 at all ###")) {
            Files.writeString(place.resolve(MasterKeyFile.NAME), content);
            FailureException refused =
                    assertThrows(FailureException.class, () -> MasterKeyFile.masterKey(new KeyDirectory(place, false)));
            assertFalse(content.length() > 3 && refused.failure().toString().contains(content.substring(0, 4)));
        }
    }
}
