package phr.portability.sphr;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.Content;

/**
 * One document of a received {@code index.phr}.
 *
 * @param codings as received
 * @param path inside the service folder
 * @param size in bytes, null when not stated
 * @param hash as written, null when not stated
 */
public record ListedDocument(
        List<Coding> codings,
        String contentType,
        String path,
        @Nullable Long size,
        @Nullable String hash,
        String title) {

    public ListedDocument {
        codings = List.copyOf(codings);
    }

    /** Whether the file is what the index says, as far as it says anything that can be understood. */
    public boolean describes(Content content) throws IOException {
        return (size == null || size == content.size()) && hashAgrees(content);
    }

    private boolean hashAgrees(Content content) throws IOException {
        if (hash == null) {
            return true;
        }
        byte[] sha256 = content.sha256().bytes();
        if (hash.length() == 64) {
            return hash.toLowerCase(Locale.ROOT).equals(HexFormat.of().formatHex(sha256));
        }
        if (hash.matches("[0-9A-Fa-f]{40}")) {
            return hash.toLowerCase(Locale.ROOT).equals(HexFormat.of().formatHex(sha1(content)));
        }
        byte[] decoded = base64(hash);
        return switch (decoded.length) {
            case 20 -> MessageDigest.isEqual(decoded, sha1(content));
            case 32 -> MessageDigest.isEqual(decoded, sha256);
            default -> true;
        };
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] sha1(Content content) throws IOException {
        try (InputStream in = content.open()) {
            MessageDigest digester = MessageDigest.getInstance("SHA-1");
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digester.update(buffer, 0, n);
            }
            return digester.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
