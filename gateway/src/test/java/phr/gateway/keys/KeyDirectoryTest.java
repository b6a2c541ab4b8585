package phr.gateway.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

class KeyDirectoryTest {

    private static final byte[] DATA = {1, 2, 3};
    private static final byte[] OWNER = {4};

    @TempDir
    Path place;

    @Test
    void aMissingKeyIsNotMadeUnlessTheOperatorWantsIt() {
        KeyDirectory directory = new KeyDirectory(place.resolve("keys"), false);
        FailureException refused = assertThrows(FailureException.class, () -> keys(directory));
        assertEquals(Category.UNAVAILABLE, refused.failure().category());
        assertFalse(Files.exists(place.resolve("keys")), "nothing was made");
    }

    private static MasterKeys keys(KeyDirectory directory) {
        return MasterKeySources.of(List.of(), null, directory);
    }

    @Test
    void aMadeKeyStaysTheSame() {
        MasterKeys first = keys(new KeyDirectory(place.resolve("keys"), true));
        MasterKeys again = keys(new KeyDirectory(place.resolve("keys"), false));
        assertArrayEquals(DATA, again.unwrap(first.wrap(DATA, OWNER), OWNER));
    }

    @Test
    void twoKeysAreNotTheSame() {
        MasterKeys one = keys(new KeyDirectory(place.resolve("one"), true));
        MasterKeys two = keys(new KeyDirectory(place.resolve("two"), true));
        assertFalse(two.known(one.wrap(DATA, OWNER)), "random");
    }

    @Test
    void theFirstLineWrapsAndAllLinesUnwrap() throws IOException {
        String older = line(1);
        String newer = line(2);
        Files.writeString(place.resolve(MasterKeySources.FILE), older + "\n");
        byte[] wrapped = keys(new KeyDirectory(place, false)).wrap(DATA, OWNER);
        Files.writeString(place.resolve(MasterKeySources.FILE), newer + "\n" + older + "\n");
        MasterKeys both = keys(new KeyDirectory(place, false));
        assertArrayEquals(DATA, both.unwrap(wrapped, OWNER));
        assertFalse(both.newest(wrapped));
        assertTrue(both.newest(both.wrap(DATA, OWNER)));
    }

    @Test
    void theSettingStandsInThePlaceOfTheFile() {
        MasterKeys set = MasterKeySources.of(List.of(), line(2) + "," + line(1), new KeyDirectory(place, false));
        assertTrue(MasterKeys.of(filled(2)).newest(set.wrap(DATA, OWNER)));
        assertTrue(set.known(MasterKeys.of(filled(1)).wrap(DATA, OWNER)));
    }

    @Test
    void aServiceWrapsAndTheFileOnlyUnwraps() throws IOException {
        MasterKey service = MasterKey.of(filled(7));
        assertTrue(MasterKeySources.of(List.of(service), null, new KeyDirectory(place, false))
                .newest(service.wrap(DATA, OWNER)));
        assertFalse(Files.exists(place.resolve(MasterKeySources.FILE)), "no file is needed or made");
        Files.writeString(place.resolve(MasterKeySources.FILE), line(1));
        MasterKeys both = MasterKeySources.of(List.of(service), null, new KeyDirectory(place, false));
        assertTrue(service.wrapped(both.wrap(DATA, OWNER)));
        assertArrayEquals(DATA, both.unwrap(MasterKey.of(filled(1)).wrap(DATA, OWNER), OWNER));
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[MasterKey.LENGTH];
        Arrays.fill(key, (byte) value);
        return key;
    }

    private static String line(int value) {
        return Base64.getEncoder().encodeToString(filled(value));
    }

    @Test
    void onlyTheOwnerReadsAMadeKey() throws IOException {
        assumeTrue(place.getFileSystem().supportedFileAttributeViews().contains("posix"));
        keys(new KeyDirectory(place.resolve("keys"), true));
        Path key = place.resolve("keys").resolve(MasterKeySources.FILE);
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
            Files.writeString(place.resolve(MasterKeySources.FILE), content);
            FailureException refused = assertThrows(FailureException.class, () -> keys(new KeyDirectory(place, false)));
            assertFalse(content.length() > 3 && refused.failure().toString().contains(content.substring(0, 4)));
        }
    }
}
