package phr.portability.sphr;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phr.fhir.failure.Issue;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;
import phr.portability.json.NdjsonLines;
import phr.portability.zip.Refusal;

/** Reads {@code index.phr} of any service, liberally: each tolerance leaves an informational issue (phr-package.md §7.2). */
public final class IndexReader {

    private static final int LONGEST = 8 << 20;

    private final List<ListedDocument> documents = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final List<String> announced = new ArrayList<>();
    private final String name;

    private IndexReader(String name) {
        this.name = name;
    }

    /**
     * @param name of the file, for issues
     * @throws phr.fhir.failure.FailureException when a document's address points outside the folder
     */
    public static Index read(byte[] content, String name) throws IOException {
        IndexReader reader = new IndexReader(name);
        try (NdjsonLines lines = new NdjsonLines(new ByteArrayInputStream(content), LONGEST)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                reader.line(lines.tooLong() ? Optional.empty() : parse(line), lines.number());
            }
            if (lines.tolerated()) {
                reader.tolerate("PKG-LENIENT", "blank lines, spaces or a BOM were skipped");
            }
        }
        reader.matched();
        return new Index(reader.documents, reader.issues);
    }

    private void line(Optional<JsonObject> resource, int number) {
        if (resource.isEmpty()) {
            issues.add(Issue.error("structure", "PKG-LINE", "a line is no JSON object", "line " + number)
                    .in(name));
            return;
        }
        switch (resource.get().string("resourceType").orElse("")) {
            case "Composition" -> cover(resource.get());
            case "DocumentManifest" -> manifest(resource.get());
            case "DocumentReference" -> document(resource.get());
            default ->
                issues.add(Issue.information(
                                "informational", "PKG-INDEX", "a line is of another resource type", "line " + number)
                        .in(name));
        }
    }

    private void cover(JsonObject composition) {
        if (composition.object("contained").isPresent()) {
            tolerate("PKG-CONTAINED", "contained is an object instead of an array");
        }
        if (composition.string("status").orElse("").isEmpty()) {
            tolerate("PKG-STATUS", "a status is missing; final is assumed");
        }
        if (composition.object("subject").isEmpty()) {
            tolerate("PKG-COVER", "the cover names no subject");
        }
        boolean expected = composition.object("type").map(type -> type.objects("coding")).orElse(List.of()).stream()
                .anyMatch(coding -> "11503-0".equals(coding.string("code").orElse("")));
        if (!expected) {
            tolerate("PKG-COVER", "the type of the cover is another one");
        }
    }

    private void manifest(JsonObject manifest) {
        for (JsonObject content : manifest.objects("content")) {
            String reference = content.string("reference").orElse("");
            announced.add(reference.substring(Math.max(reference.lastIndexOf(':'), reference.lastIndexOf('/')) + 1));
        }
    }

    private void document(JsonObject reference) {
        reference.string("id").ifPresent(ids::add);
        if (reference.string("status").orElse("").isEmpty()) {
            tolerate("PKG-STATUS", "a status is missing; current is assumed");
        }
        List<Coding> codings = new ArrayList<>();
        reference
                .object("type")
                .map(type -> type.objects("coding"))
                .orElse(List.of())
                .forEach(coding -> codings.add(new Coding(
                        coding.string("system").orElse(""),
                        coding.string("code").orElse(""),
                        coding.string("display").orElse(null))));
        for (JsonObject content : reference.objects("content")) {
            content.object("attachment").ifPresent(attachment -> attachment(attachment, codings));
        }
    }

    private void attachment(JsonObject attachment, List<Coding> codings) {
        String url = attachment.string("url").orElse("");
        if (url.isEmpty()) {
            issues.add(Issue.warning("required", "PKG-URL", "a document has no address")
                    .in(name));
            return;
        }
        String path = path(url);
        if (!path.equals(url)) {
            tolerate("PKG-URL", "the address of a document is not a plain relative path");
        }
        if (attachment.number("size").isEmpty() || attachment.string("hash").isEmpty()) {
            tolerate("PKG-ATTACHMENT", "size or hash of a document is missing");
        }
        documents.add(new ListedDocument(
                codings,
                attachment.string("contentType").orElse("application/octet-stream"),
                path,
                attachment.number("size").orElse(null),
                attachment.string("hash").filter(hash -> !hash.isBlank()).orElse(null),
                attachment.string("title").orElse("")));
    }

    /** The address as path inside the folder. */
    static String path(String url) {
        String path = url.replace('\\', '/');
        if (path.startsWith("file://")) {
            path = path.substring("file://".length());
            path = path.startsWith("/") ? path.substring(1) : path;
        }
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        boolean outside = path.startsWith("/")
                || path.contains(":")
                || path.startsWith("~")
                || List.of(path.split("/", -1)).contains("..");
        if (path.isEmpty() || outside) {
            throw Refusal.malformed("PKG-PATH", "the address of a document points outside its folder", null);
        }
        return path;
    }

    private void matched() {
        Set<String> known = new HashSet<>(announced);
        if (announced.stream().anyMatch(id -> !ids.contains(id)) || (!announced.isEmpty() && !known.containsAll(ids))) {
            tolerate("PKG-INDEX", "the manifest and the documents of the index differ");
        }
    }

    private void tolerate(String rule, String text) {
        issues.add(Issue.information("informational", rule, text).in(name));
    }

    private static Optional<JsonObject> parse(byte[] line) {
        try {
            return Optional.of(Json.parse(line));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** What an index lists, and what had to be overlooked. */
    public record Index(List<ListedDocument> documents, List<Issue> issues) {
        public Index {
            documents = List.copyOf(documents);
            issues = List.copyOf(issues);
        }
    }
}
