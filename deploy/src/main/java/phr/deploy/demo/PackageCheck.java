package phr.deploy.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import phr.deploy.machine.CacheDirectory;
import phr.deploy.machine.Command;
import phr.fhir.Sha256;

/**
 * Checks a package as somebody would who has none of our software (phr-package.md §5): the bag's manifests and the
 * detached signature.
 *
 * @param folder service folder, which is the bag
 * @param folders how many stand at the top of the zip
 */
record PackageCheck(Path folder, int folders) {

    /**
     * @param files lines of the manifest
     * @param good every file is there and has its hash
     */
    record Sums(int files, boolean good) {}

    static PackageCheck unpack(Path zip, Path directory) throws IOException {
        CacheDirectory.delete(directory);
        Files.createDirectories(directory);
        try (ZipInputStream content = new ZipInputStream(Files.newInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("an entry of the package points outside it");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(content, target);
                }
            }
        }
        try (Stream<Path> top = Files.list(directory)) {
            List<Path> folders = top.toList();
            if (folders.isEmpty()) {
                throw new IOException("the package is empty");
            }
            return new PackageCheck(folders.get(0), folders.size());
        }
    }

    /** {@code sha256sum -c}; by Java where there is no such program. */
    Sums sums(String manifest) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(manifest));
        Command sum = Command.run(List.of("sha256sum", "--strict", "-c", manifest), folder, Map.of());
        boolean good = sum.exit() == Command.CANNOT_RUN ? inJava(lines) : sum.succeeded();
        return new Sums(lines.size(), good && !lines.isEmpty());
    }

    boolean inJava(List<String> lines) throws IOException {
        for (String line : lines) {
            String[] parts = line.split(" {2}", 2);
            if (parts.length < 2 || !parts[0].equals(hash(folder.resolve(parts[1])))) {
                return false;
            }
        }
        return true;
    }

    /** {@code valid} with the key id, or why not. */
    String signature(URI keys) throws IOException {
        return verify(keys, Files.readAllBytes(folder.resolve("tagmanifest-sha256.txt")));
    }

    /** What the same check says when one byte of what was signed is another: it must not be valid. */
    String signatureOfChangedManifest(URI keys) throws IOException {
        byte[] changed = Files.readAllBytes(folder.resolve("tagmanifest-sha256.txt"));
        changed[0] ^= 1;
        return verify(keys, changed);
    }

    private String verify(URI keys, byte[] signed) throws IOException {
        String jws = Files.readString(folder.resolve("signature.jws")).strip();
        try (InputStream published = keys.toURL().openStream()) {
            return verify(jws, signed, JWKSet.load(published));
        } catch (ParseException e) {
            return "not a detached JWS: " + e.getMessage();
        }
    }

    /** Detached JWS with unencoded payload (RFC 7515 appendix F, RFC 7797). */
    static String verify(String jws, byte[] signed, JWKSet keys) throws ParseException {
        JWSObject parsed = JWSObject.parse(jws, new Payload(signed));
        JWK key = keys.getKeyByKeyId(parsed.getHeader().getKeyID());
        if (key == null) {
            return "signed with a key that the provider does not publish";
        }
        try {
            boolean valid = parsed.verify(new ECDSAVerifier(key.toECKey().toECPublicKey(), Set.of("b64")));
            return valid ? "valid" : "not valid";
        } catch (JOSEException e) {
            return "not valid: " + e.getMessage();
        }
    }

    private static String hash(Path file) throws IOException {
        return Files.isRegularFile(file) ? Sha256.of(Files.readAllBytes(file)).hex() : "";
    }
}
