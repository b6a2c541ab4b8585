package phr.portability.bag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.fhir.Sha256;
import phr.portability.zip.Refusal;

/** A BagIt 1.0 bag with SHA-256 manifests. */
public final class Bag {

    public static final String DECLARATION = "bagit.txt";
    public static final String INFO = "bag-info.txt";
    public static final String PAYLOAD = "data/";

    private static final String DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    private static final Pattern OXUM = Pattern.compile("(?m)^Payload-Oxum:[ \t]*([0-9]+)\\.([0-9]+)[ \t]*\r?$");

    private Bag() {}

    /** Content of {@code bagit.txt}. */
    public static byte[] declaration() {
        return DECLARED.getBytes(StandardCharsets.US_ASCII);
    }

    /** Content of {@code bag-info.txt}. Line ends are taken out of values. */
    public static byte[] info(Map<String, String> fields) {
        StringBuilder out = new StringBuilder();
        fields.forEach((name, value) -> out.append(name)
                .append(": ")
                .append(value.replaceAll("\\s+", " "))
                .append('\n'));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Verifies the whole bag: every payload file listed and unaltered, every tag file listed unaltered, Oxum.
     *
     * @param unlisted tag files that need no line in the tag manifest
     * @throws phr.fhir.failure.FailureException naming the first path that is wrong
     */
    public static void verify(BagFiles files, Predicate<String> unlisted) throws IOException {
        declared(files);
        if (files.paths().contains("fetch.txt")) {
            throw Refusal.invalid("PKG-FETCH", "a bag that must be fetched from elsewhere is refused", "fetch.txt");
        }
        Manifest payload = manifest(files, Manifest.PAYLOAD);
        Manifest tags = manifest(files, Manifest.TAGS);
        match(files, payload);
        match(files, tags);
        complete(files, payload, tags, unlisted);
        otherManifests(files);
        oxum(files);
    }

    private static void declared(BagFiles files) throws IOException {
        if (!files.paths().contains(DECLARATION)) {
            throw Refusal.invalid("PKG-BAGIT", "the declaration of the bag is missing", DECLARATION);
        }
        String text = new String(files.read(DECLARATION), StandardCharsets.UTF_8).replace("\r\n", "\n");
        if (!text.equals(DECLARED) && !(text + "\n").equals(DECLARED)) {
            throw Refusal.invalid("PKG-BAGIT", "the declaration of the bag is not that of BagIt 1.0", DECLARATION);
        }
    }

    private static Manifest manifest(BagFiles files, String name) throws IOException {
        if (!files.paths().contains(name)) {
            throw Refusal.invalid("PKG-MANIFEST", "a manifest is missing", name);
        }
        return Manifest.parse(files.read(name), name);
    }

    private static void match(BagFiles files, Manifest manifest) {
        manifest.digests().forEach((path, digest) -> {
            if (!files.paths().contains(path)) {
                throw Refusal.invalid("PKG-MISSING", "a listed file is missing", path);
            }
            if (!files.sha256(path).equals(digest)) {
                throw Refusal.invalid("PKG-HASH", "a file differs from its digest in the manifest", path);
            }
        });
    }

    private static void complete(BagFiles files, Manifest payload, Manifest tags, Predicate<String> unlisted) {
        for (String path : files.paths()) {
            boolean listed = path.startsWith(PAYLOAD)
                    ? payload.digests().containsKey(path)
                    : tags.digests().containsKey(path) || unlisted.test(path) || path.equals(Manifest.TAGS);
            if (!listed) {
                throw Refusal.invalid("PKG-UNLISTED", "a file is not listed in the manifest", path);
            }
        }
    }

    private static void otherManifests(BagFiles files) {
        for (String path : files.paths()) {
            if (path.matches("(tag)?manifest-[^/]*\\.txt") && !path.endsWith("-sha256.txt")) {
                throw Refusal.invalid("PKG-MANIFESTS", "a second manifest could disagree with the first", path);
            }
        }
    }

    private static void oxum(BagFiles files) throws IOException {
        long bytes = 0;
        long count = 0;
        for (String path : files.paths()) {
            if (path.startsWith(PAYLOAD)) {
                bytes += files.size(path);
                count++;
            }
        }
        Optional<String> info = files.paths().contains(INFO)
                ? Optional.of(new String(files.read(INFO), StandardCharsets.UTF_8))
                : Optional.empty();
        Matcher oxum = OXUM.matcher(info.orElse(""));
        if (!oxum.find()
                || !oxum.group(1).equals(Long.toString(bytes))
                || !oxum.group(2).equals(Long.toString(count))) {
            throw Refusal.invalid("PKG-OXUM", "number or bytes of the payload files are not as declared", INFO);
        }
    }

    /** Digest of the tag manifest: the one value that stands for the whole bag. */
    public static Sha256 fingerprint(BagFiles files) {
        return files.sha256(Manifest.TAGS);
    }
}
