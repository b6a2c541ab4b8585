package phr.deploy.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.Sha256;

class PackageCheckTest {

    private static final byte[] CONTENT = "内容".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void sumsThatAreRightHold() throws IOException {
        PackageCheck check = PackageCheck.unpack(zip("bag/data/a", CONTENT), directory.resolve("out"));
        assertEquals(1, check.folders());
        assertEquals(new PackageCheck.Sums(1, true), check.sums("manifest-sha256.txt"));
        assertTrue(check.inJava(Files.readAllLines(check.folder().resolve("manifest-sha256.txt"))));
    }

    @Test
    void aChangedFileIsNoticedByTheProgramAndByJava() throws IOException {
        PackageCheck check = PackageCheck.unpack(zip("bag/data/a", CONTENT), directory.resolve("out"));
        Files.writeString(check.folder().resolve("data/a"), "other");
        assertEquals(new PackageCheck.Sums(1, false), check.sums("manifest-sha256.txt"));
        assertFalse(check.inJava(Files.readAllLines(check.folder().resolve("manifest-sha256.txt"))));
    }

    @Test
    void anEmptyManifestProvesNothing() throws IOException {
        PackageCheck check = PackageCheck.unpack(zip("bag/data/a", CONTENT), directory.resolve("out"));
        Files.writeString(check.folder().resolve("manifest-sha256.txt"), "");
        assertFalse(check.sums("manifest-sha256.txt").good());
    }

    @Test
    void anEntryThatPointsOutsideIsRefused() throws IOException {
        Path zip = zip("../outside", CONTENT);
        assertThrows(IOException.class, () -> PackageCheck.unpack(zip, directory.resolve("out")));
    }

    @Test
    void aDetachedSignatureHoldsForItsBytesAndItsKeyOnly() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        ECKey other = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .base64URLEncodePayload(false)
                .criticalParams(Set.of("b64"))
                .build();
        JWSObject signed = new JWSObject(header, new Payload(CONTENT));
        signed.sign(new ECDSASigner(key));
        String jws = signed.serialize(true);

        assertEquals("valid", PackageCheck.verify(jws, CONTENT, new JWKSet(key.toPublicJWK())));
        assertEquals("not valid", PackageCheck.verify(jws, "x".getBytes(StandardCharsets.UTF_8), new JWKSet(key)));
        assertEquals(
                "signed with a key that the provider does not publish",
                PackageCheck.verify(jws, CONTENT, new JWKSet(other.toPublicJWK())));
    }

    private Path zip(String name, byte[] content) throws IOException {
        Path zip = directory.resolve("package.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
            out.putNextEntry(new ZipEntry("bag/manifest-sha256.txt"));
            out.write((Sha256.of(content).hex() + "  data/a\n").getBytes(StandardCharsets.UTF_8));
        }
        return zip;
    }
}
