package phr.fhir.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.guide.PackageFile;

class PackageSupportTest {

    @TempDir
    Path folder;

    @Test
    void aPackageIsReadFromAFile() throws IOException {
        PackageSupport read = PackageSupport.read(file(packed()));

        assertEquals("phr-gateway.r4#0.1.0", read.getName());
        assertTrue(read.resources() > 100);
    }

    @Test
    void whatIsNoPackageIsRefusedByName() throws IOException {
        byte[] whole = packed();
        ByteArrayOutputStream empty = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(empty)) {
            zipped.write(new byte[1024]);
        }
        for (byte[] content : List.of(
                new byte[0],
                "no package".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(whole, whole.length / 2),
                empty.toByteArray())) {
            Path file = file(content);
            FailureException refused = assertThrows(FailureException.class, () -> PackageSupport.read(file));
            assertEquals(Category.MALFORMED, refused.failure().category());
            assertEquals(List.of("x.tgz"), refused.failure().issues().get(0).expressions());
        }
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("x.tgz"), content);
    }

    private static byte[] packed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PackageFile.write(out);
        return out.toByteArray();
    }
}
