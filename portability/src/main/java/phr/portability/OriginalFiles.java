package phr.portability;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.fhir.Sha256;
import phr.portability.json.JsonObject;

/** Originals on their way into the package, found through the DocumentReferences that describe them (phr-package.md §6.1). */
final class OriginalFiles {

    /** Kinds of phr-package.md §6.1; anything else travels as {@code other}. */
    private static final Set<String> KINDS = Set.of(
            "checkup-cda",
            "checkup-zip",
            "checkup-fhir",
            "jahis",
            "omh",
            "fhir",
            "apple-health",
            "health-connect",
            "portal",
            "csv",
            "pdf",
            "image",
            "other");

    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("text/xml", "xml"),
            Map.entry("application/xml", "xml"),
            Map.entry("application/json", "json"),
            Map.entry("application/fhir+json", "json"),
            Map.entry("application/x-ndjson", "ndjson"),
            Map.entry("application/fhir+ndjson", "ndjson"),
            Map.entry("application/zip", "zip"),
            Map.entry("application/pdf", "pdf"),
            Map.entry("text/csv", "csv"),
            Map.entry("text/plain", "txt"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/png", "png"));

    private final RecordSource source;
    private final String base;
    private final Spool spool;
    private final Map<UUID, String> paths = new HashMap<>();
    private final Set<String> files = new HashSet<>();
    private final List<Described> described = new ArrayList<>();
    private int missing;

    OriginalFiles(RecordSource source, Provider provider, Spool spool) {
        this.source = source;
        this.base = provider.namespace();
        this.spool = spool;
    }

    /** Copies the files that the DocumentReference describes. */
    void take(JsonObject documentReference) throws IOException {
        for (JsonObject content : documentReference.objects("content")) {
            JsonObject attachment = content.object("attachment").orElseGet(JsonObject::new);
            Optional<UUID> binary = attachment.string("url").flatMap(url -> FileAddress.binary(url, base));
            if (binary.isPresent()) {
                copy(binary.get(), documentReference, attachment);
            }
        }
    }

    /** The address inside the package when it is one of ours, else unchanged. */
    String path(String url) {
        return FileAddress.binary(url, base).map(paths::get).orElse(url);
    }

    /** What the index lists, in order of the DocumentReferences. */
    List<Described> described() {
        return described;
    }

    int count() {
        return files.size();
    }

    /** Files that a DocumentReference names and the source does not give. */
    int missing() {
        return missing;
    }

    private void copy(UUID binary, JsonObject documentReference, JsonObject attachment) throws IOException {
        if (paths.containsKey(binary)) {
            return;
        }
        Optional<SourceOriginal> original = source.original(binary);
        if (original.isEmpty()) {
            missing++;
            return;
        }
        String incoming = Names.ORIGINALS + "incoming";
        try (InputStream in = original.get().content();
                OutputStream out = spool.create(incoming)) {
            in.transferTo(out);
        }
        String path = name(original.get(), spool.facts(incoming).sha256());
        paths.put(binary, path);
        if (files.add(path)) {
            spool.rename(incoming, path);
            described.add(new Described(
                    path, original.get().kind(), original.get().mediaType(), documentReference, attachment));
        } else {
            spool.remove(incoming);
        }
    }

    private String name(SourceOriginal original, Sha256 sha256) {
        String kind = KINDS.contains(original.kind()) ? original.kind() : "other";
        String extension = EXTENSIONS.getOrDefault(mediaType(original.mediaType()), "bin");
        String stem = Names.ORIGINALS + kind + "_" + sha256.hex().substring(0, 16);
        String path = stem + "." + extension;
        return spool.has(path) && !spool.facts(path).sha256().equals(sha256)
                ? Names.ORIGINALS + kind + "_" + sha256.hex() + "." + extension
                : path;
    }

    private static String mediaType(String full) {
        int parameters = full.indexOf(';');
        return (parameters < 0 ? full : full.substring(0, parameters)).strip();
    }

    /** An original with the DocumentReference that describes it. */
    record Described(String path, String kind, String mediaType, JsonObject documentReference, JsonObject attachment) {}
}
