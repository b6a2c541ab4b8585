package phr.portability;

import ca.uhn.fhir.parser.DataFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.SourceIdentity;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.sphr.Coding;
import phr.portability.sphr.DocumentType;

/** Pass 2 over a verified package: every line is compared with what is held, rewritten and handed on. */
final class PackageReading {

    private static final int CHUNK = 200;

    private final VerifiedPackage pack;
    private final PackageScan scan;
    private final Intake intake;
    private final RecordSink sink;
    private final Findings findings;
    private final Tally tally;
    private final PersonId person;
    private final Incoming incoming;
    private final ContentHash portable;
    private final ContentHash comparable;
    private final Set<String> originals = new HashSet<>();
    private final List<Line> chunk = new ArrayList<>();

    PackageReading(
            VerifiedPackage pack, PackageScan scan, Intake intake, RecordSink sink, Findings findings, Tally tally) {
        this.pack = pack;
        this.scan = scan;
        this.intake = intake;
        this.sink = sink;
        this.findings = findings;
        this.tally = tally;
        this.person = intake.account().person();
        this.incoming = new Incoming(pack, scan.ids(), person, intake.ownNamespace());
        this.portable = new ContentHash(
                pack.base(), Set.of(pack.pairwise()), pack.origins(), scan.ids().origins()::of);
        Set<String> all = new HashSet<>(pack.origins());
        all.add(pack.base());
        all.add(intake.ownNamespace());
        this.comparable = new ContentHash(
                intake.ownNamespace(), Set.of(person.toString()), all, key -> key.substring(key.indexOf('/') + 1));
    }

    void read() throws IOException {
        InventoryCount inventory = new InventoryCount(portable);
        for (String path : scan.parts()) {
            scan.each(path, (tree, number) -> {
                inventory.add(copy(tree));
                line(tree, path, number);
            });
            close();
        }
        looseOriginals();
        new TravellingConsents(pack, incoming, sink, findings).read(tally);
        Inventory total = inventory.total(originals.size());
        tally.contentHash = total.contentHash();
        if (incoming.unresolved() > 0) {
            findings.issue(Issue.warning(
                    "not-found",
                    "PKG-REFERENCE",
                    incoming.unresolved() + " references lead nowhere; kept as identifier"));
        }
        int read = total.counts().values().stream().mapToInt(Integer::intValue).sum();
        findings.row(new DocumentReport(
                pack.folder().prefix(),
                "fhir",
                read,
                read - tally.rejected,
                tally.rejected,
                DocumentReport.Result.MAPPED));
    }

    private void line(JsonObject tree, String path, int number) {
        String type = tree.string("resourceType").orElse("");
        String key = type + "/" + tree.string("id").orElse("");
        if (type.equals("Patient")) {
            return;
        }
        if (!ownSubject(tree)) {
            reject(path, number, "PKG-SUBJECT", "a resource of another subject is not taken over");
            return;
        }
        if (scan.tombstones().contains(key)) {
            reject(path, number, "PKG-TOMBSTONE", "a resource that the package itself declares deleted");
            return;
        }
        String version = PackageScan.version(tree);
        if (scan.ids().outdated(key, version)) {
            reject(path, number, "PKG-TWICE", "another resource claims the same id with a newer version");
            return;
        }
        if (!PackageScan.known(type)) {
            opaque(tree, path, number, "PKG-TYPE", "a resource type that R4 does not know; kept as it came");
            return;
        }
        UUID local = scan.ids().local(key);
        if (local != null) {
            add(tree, key, local, version, path, number);
        }
    }

    private void add(JsonObject tree, String key, UUID local, @Nullable String version, String path, int number) {
        Optional<Kept> kept = Kept.find(tree, pack.origins());
        String type = tree.string("resourceType").orElse("");
        SourceIdentity source = scan.ids().identity(type, key.substring(type.length() + 1), kept, version);
        List<String> files = files(tree);
        incoming.localise(tree, local, kept);
        Sha256 hash = comparable.ofTree(copy(tree));
        Line line = new Line(type, key, local, source, tree, hash, files, path, number);
        if (scan.ids().repeated(key) && chunk.stream().anyMatch(other -> other.key.equals(key))) {
            line = line.as(Ids.v5(local, hash.hex()), aside(key + "/" + hash.hex()));
            findings.issue(Issue.warning(
                            "duplicate", "PKG-TWICE", "two resources claim one id; both are kept", "line " + number)
                    .in(path));
        }
        chunk.add(line);
        if (chunk.size() >= CHUNK) {
            close();
        }
    }

    /** Compares the gathered lines with the record and hands on what is new. */
    private void close() {
        Map<String, Set<UUID>> byType = new HashMap<>();
        chunk.forEach(line ->
                byType.computeIfAbsent(line.type, type -> new HashSet<>()).add(line.local));
        Map<String, Map<UUID, RecordSink.Held>> held = new HashMap<>();
        byType.forEach((type, ids) -> held.put(type, sink.held(type, ids)));
        for (Line line : chunk) {
            settle(line, held.getOrDefault(line.type, Map.of()).get(line.local));
        }
        chunk.clear();
        findings.flush();
    }

    private void settle(Line line, RecordSink.@Nullable Held held) {
        if (held == null) {
            handOn(line);
        } else if (comparable.ofTree(parsed(held.json())).equals(line.hash)) {
            tally.unchanged++;
        } else if (pack.base().equals(intake.ownNamespace())
                || (pack.owns(line.source.namespace())
                        && Versions.newer(held.sourceVersion(), line.source.version()))) {
            tally.unchanged++;
            findings.issue(Issue.information(
                            "conflict",
                            "PKG-OLDER",
                            "the record holds a newer version; it stays",
                            "line " + line.number)
                    .in(line.path));
        } else if (pack.owns(line.source.namespace())) {
            handOn(line);
        } else {
            findings.issue(Issue.warning(
                            "conflict",
                            "PKG-RELAYED",
                            "the sender does not own this resource and its content differs: both are kept",
                            "line " + line.number)
                    .in(line.path));
            handOn(line.as(Ids.ofSource("urn:uuid:" + pack.packageId(), line.key), aside(line.key)));
        }
    }

    private void handOn(Line line) {
        Resource resource;
        try {
            resource = (Resource) Fhir.json().parseResource(new String(Json.write(line.tree), StandardCharsets.UTF_8));
        } catch (DataFormatException e) {
            opaque(line.tree, line.path, line.number, "PKG-FHIR", "not a valid R4 resource; kept as it came");
            return;
        }
        Set<PhrCategory> categories = Tags.categories(resource);
        findings.draft(new Draft(resource, line.source, categories, Tags.labels(resource.getMeta())));
        line.files.forEach(file -> original(file, line.local, resource, categories));
        tally.handedOn(line.type);
    }

    private void opaque(JsonObject tree, String path, int number, String rule, String text) {
        tally.rejected++;
        findings.issue(Issue.error("structure", rule, text, "line " + number).in(path));
        Content content = Content.of(Json.write(tree));
        Opaque.keep(intake, findings, content, "application/fhir+json", "", DocumentType.UNSPECIFIED.codings());
    }

    private void original(String path, UUID reference, Resource resource, @Nullable Set<PhrCategory> categories) {
        Set<PhrCategory> mapped = EnumSet.noneOf(PhrCategory.class);
        mapped.addAll(categories == null ? Set.of() : categories);
        mapped.remove(PhrCategory.RAW_FILE);
        Content content = pack.folder().content(path);
        String name = path.substring(Names.ORIGINALS.length());
        String kind = name.indexOf('_') > 0 ? name.substring(0, name.indexOf('_')) : "other";
        findings.original(new Original(
                kind, scan.mediaType(path), content, incoming.binary(content.sha256()), reference, mapped));
        tally.originals++;
    }

    /** Files below {@code data/originals} that a DocumentReference names. */
    private List<String> files(JsonObject tree) {
        List<String> found = new ArrayList<>();
        if (tree.string("resourceType").filter("DocumentReference"::equals).isPresent()) {
            tree.objects("content").stream()
                    .flatMap(content -> content.object("attachment").stream())
                    .flatMap(attachment -> attachment.string("url").stream())
                    .filter(url ->
                            url.startsWith(Names.ORIGINALS) && pack.folder().has(url))
                    .forEach(found::add);
        }
        originals.addAll(found);
        return found;
    }

    /** Originals that no DocumentReference describes are kept all the same. */
    private void looseOriginals() {
        for (String path : pack.folder().paths()) {
            if (path.startsWith(Names.ORIGINALS) && originals.add(path)) {
                List<Coding> unknown = List.of();
                Opaque.keep(intake, findings, pack.folder().content(path), scan.mediaType(path), "", unknown);
                findings.issue(
                        Issue.information("informational", "PKG-LOOSE", "an original without description is kept")
                                .in(path));
                tally.originals++;
            }
        }
        findings.flush();
    }

    private boolean ownSubject(JsonObject tree) {
        for (String name : List.of("subject", "patient", "beneficiary", "for")) {
            Optional<Reference> owner = tree.object(name)
                    .flatMap(element -> element.string("reference"))
                    .flatMap(text -> Reference.parse(text, pack.base()));
            if (owner.filter(reference -> reference.type().equals("Patient")
                            && !reference.id().equals(pack.pairwise()))
                    .isPresent()) {
                return false;
            }
        }
        return true;
    }

    private SourceIdentity aside(String key) {
        return new SourceIdentity("urn:uuid:" + pack.packageId(), key, null);
    }

    private void reject(String path, int number, String rule, String text) {
        tally.rejected++;
        findings.issue(
                Issue.warning("business-rule", rule, text, "line " + number).in(path));
    }

    private static JsonObject copy(JsonObject tree) {
        return parsed(Json.write(tree));
    }

    private static JsonObject parsed(byte[] json) {
        try {
            return Json.parse(json);
        } catch (phr.portability.json.MalformedJsonException e) {
            throw new IllegalStateException("written by this house", e);
        }
    }

    /** A resource on its way in. */
    private record Line(
            String type,
            String key,
            UUID local,
            SourceIdentity source,
            JsonObject tree,
            Sha256 hash,
            List<String> files,
            String path,
            int number) {

        Line as(UUID other, SourceIdentity identity) {
            return new Line(type, key, other, identity, tree.put("id", other.toString()), hash, files, path, number);
        }
    }
}
