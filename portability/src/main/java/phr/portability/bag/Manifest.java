package phr.portability.bag;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.fhir.Sha256;
import phr.portability.zip.Refusal;

/** A {@code manifest-sha256.txt}: a digest for each path, sorted by path (RFC 8493 §2.1.3). */
public final class Manifest {

    public static final String PAYLOAD = "manifest-sha256.txt";
    public static final String TAGS = "tagmanifest-sha256.txt";

    private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{64})[ \t]+\\*?(.+)");

    private final SortedMap<String, Sha256> digests = new TreeMap<>();

    /**
     * @param name of the manifest file, for the refusal
     * @throws phr.fhir.failure.FailureException when a line is no manifest line or a path comes twice
     */
    public static Manifest parse(byte[] content, String name) {
        Manifest manifest = new Manifest();
        for (String line : new String(content, StandardCharsets.UTF_8).split("\r?\n")) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw Refusal.invalid("PKG-MANIFEST", "a line of a manifest is malformed", name);
            }
            String path = decode(matcher.group(2));
            Sha256 digest = new Sha256(matcher.group(1).toLowerCase(java.util.Locale.ROOT));
            if (manifest.digests.put(path, digest) != null) {
                throw Refusal.invalid("PKG-MANIFEST-TWICE", "a manifest lists a file twice", path);
            }
        }
        return manifest;
    }

    public Manifest add(String path, Sha256 digest) {
        digests.put(path, digest);
        return this;
    }

    public Map<String, Sha256> digests() {
        return digests;
    }

    /** In the form {@code sha256sum -c} reads. */
    public byte[] bytes() {
        StringBuilder out = new StringBuilder();
        digests.forEach((path, digest) ->
                out.append(digest).append("  ").append(encode(path)).append('\n'));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(String path) {
        return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String decode(String path) {
        return path.replace("%0D", "\r")
                .replace("%0A", "\n")
                .replace("%0d", "\r")
                .replace("%0a", "\n")
                .replace("%25", "%");
    }
}
