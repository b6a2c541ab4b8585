package phr.portability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import phr.fhir.Ids;
import phr.portability.bag.Bag;
import phr.portability.bag.Manifest;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.sign.DetachedJws;
import phr.portability.sign.ProviderKey;
import phr.portability.sphr.Coding;
import phr.portability.sphr.Cover;
import phr.portability.sphr.DocumentType;
import phr.portability.sphr.IndexDocument;
import phr.portability.sphr.IndexWriter;

/** Everything of a package that stands beside {@code data/}: index, manifest, README, bag, signature. */
final class PackageFrame {

    private final ExportRun run;
    private final Spool spool;

    PackageFrame(ExportRun run) {
        this.run = run;
        this.spool = run.spool;
    }

    void write(ExportOrder order, Inventory inventory, ProviderKey key) throws IOException {
        spool.write(Names.INDEX, index());
        spool.write(Names.README, Readme.write(run.subject, run.provider, run.written, run.listing.omissions()));
        spool.write(Names.PACKAGE, Json.write(manifest(order, inventory, key)));
        Manifest payload = new Manifest();
        long bytes = 0;
        int count = 0;
        for (String path : spool.paths()) {
            if (path.startsWith(Bag.PAYLOAD)) {
                payload.add(path, spool.facts(path).sha256());
                bytes += spool.facts(path).size();
                count++;
            }
        }
        spool.write(Bag.DECLARATION, Bag.declaration());
        spool.write(Bag.INFO, info(bytes + "." + count));
        spool.write(Manifest.PAYLOAD, payload.bytes());
        Manifest tags = new Manifest();
        for (String path :
                List.of(Names.INDEX, Names.PACKAGE, Names.README, Bag.DECLARATION, Bag.INFO, Manifest.PAYLOAD)) {
            tags.add(path, spool.facts(path).sha256());
        }
        spool.write(Manifest.TAGS, tags.bytes());
        String signature = DetachedJws.sign(key, DetachedJws.PACKAGE, run.time.toInstant(), tags.bytes());
        spool.write(Names.SIGNATURE, (signature + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] info(String oxum) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Source-Organization", run.provider.name());
        fields.put("Bagging-Date", LocalDate.from(run.time).toString());
        fields.put("External-Identifier", run.packageId.toString());
        fields.put("Payload-Oxum", oxum);
        fields.put("Bag-Software-Agent", run.provider.software() + " " + run.provider.version());
        return Bag.info(fields);
    }

    private byte[] index() {
        Subject subject = run.subject;
        Cover cover = new Cover(
                subject.pairwise(),
                subject.name(),
                subject.kana(),
                subject.gender(),
                subject.birthDate(),
                run.provider.serviceId(),
                run.provider.name(),
                run.time);
        List<IndexDocument> documents = new ArrayList<>();
        run.originals.described().forEach(original -> documents.add(original(original)));
        documents.add(document(
                Summary.BUNDLE,
                DocumentType.UNSPECIFIED.codings(),
                List.of(),
                "application/json",
                run.written,
                "患者サマリー(IPS)"));
        run.lifelog
                .series()
                .values()
                .forEach(series -> documents.add(document(
                        series.path,
                        series.type.codings(),
                        List.of(),
                        "application/json",
                        run.written,
                        series.type.codings().get(0).display() + "")));
        return IndexWriter.write(cover, Ids.v5(run.packageId, "index"), documents);
    }

    private IndexDocument original(OriginalFiles.Described original) {
        JsonObject attachment = original.attachment();
        List<Coding> carried = new ArrayList<>();
        original.documentReference()
                .object("type")
                .map(type -> type.objects("coding"))
                .orElse(List.of())
                .forEach(coding -> carried.add(new Coding(
                        coding.string("system").orElse(""),
                        coding.string("code").orElse(""),
                        coding.string("display").orElse(null))));
        return document(
                original.path(),
                DocumentType.codingsFor(carried, byKind(original.kind())),
                categories(original.documentReference()),
                original.mediaType(),
                attachment
                        .string("creation")
                        .or(() -> original.documentReference().string("date"))
                        .orElse(run.written),
                attachment.string("title").orElse(original.kind()));
    }

    private static List<String> categories(JsonObject documentReference) {
        return documentReference.object("meta").map(meta -> meta.objects("tag")).orElse(List.of()).stream()
                .filter(tag -> Names.CATEGORY_SYSTEM.equals(tag.string("system").orElse("")))
                .flatMap(tag -> tag.string("code").stream())
                .toList();
    }

    private static DocumentType byKind(String kind) {
        return switch (kind) {
            case "pdf" -> DocumentType.PDF;
            case "image" -> DocumentType.IMAGE;
            case "jahis" -> DocumentType.MEDICATION_NOTEBOOK;
            default -> DocumentType.UNSPECIFIED;
        };
    }

    private IndexDocument document(
            String path,
            List<Coding> type,
            List<String> categories,
            String contentType,
            String creation,
            String title) {
        Spool.Facts facts = spool.facts(path);
        UUID id = Ids.v5(Ids.namespace(run.provider.namespace()), facts.sha256().hex());
        return new IndexDocument(
                id, type, categories, contentType, creation, facts.sha256(), facts.size(), path, title);
    }

    private JsonObject manifest(ExportOrder order, Inventory inventory, ProviderKey key) {
        JsonObject json = new JsonObject()
                .put("specVersion", Names.SPEC_VERSION)
                .put("manifestType", Names.MANIFEST_TYPE)
                .put("packageId", run.packageId.toString())
                .put("transactionTime", run.written)
                .put("reason", order.reason().code())
                .put("scope", "whole")
                .put("source", source());
        if (order.destination() != null) {
            json.put(
                    "destination",
                    new JsonObject()
                            .put("providerId", order.destination().providerId())
                            .put("name", order.destination().name()));
        }
        return json.put(
                        "subject",
                        new JsonObject()
                                .put("pairwiseId", run.subject.pairwise())
                                .put("identifiers", List.of()))
                .put("fhirVersion", "4.0.1")
                .put("profiles", run.listing.profiles())
                .put("terminologies", List.of())
                .put("mappings", List.of(software()))
                .put("history", "latest-only")
                .put("files", run.listing.files(spool))
                .put("counts", run.listing.counts())
                .put("contentHash", inventory.contentHash().hex())
                .put("consents", run.consents)
                .put("omissions", run.listing.omissions())
                .put("retention", new JsonObject().put("atSource", "kept until the person asks for erasure"))
                .put("security", new JsonObject().put("signatureAlg", "ES256").put("kid", key.kid()));
    }

    private JsonObject source() {
        return new JsonObject()
                .put("providerId", run.provider.serviceId())
                .put("name", run.provider.name())
                .put("serviceId", run.provider.serviceId())
                .put("fhirBaseUrl", run.provider.namespace())
                .put("software", run.provider.software())
                .put("version", run.provider.version())
                .put("originNamespaces", List.copyOf(run.namespaces));
    }

    private JsonObject software() {
        return new JsonObject().put("name", run.provider.software()).put("version", run.provider.version());
    }

    /** Files in the order in which the container holds them: what a streaming reader must see early comes first. */
    static List<String> order(Spool spool) {
        List<String> first = List.of(Names.INDEX, Names.PACKAGE, Bag.DECLARATION);
        List<String> all = new ArrayList<>(first);
        Set<String> early = Set.copyOf(first);
        spool.paths().stream().filter(path -> !early.contains(path)).forEach(all::add);
        return all;
    }
}
