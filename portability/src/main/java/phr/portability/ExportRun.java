package phr.portability;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import phr.fhir.Sha256;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;
import phr.portability.sphr.IndexWriter;

/** One export: fills the payload of a spool from a record source. */
final class ExportRun {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS", Locale.ROOT);

    final UUID packageId;
    final Provider provider;
    final Subject subject;
    final OffsetDateTime time;
    final String written;
    final Set<String> namespaces;
    final Listing listing = new Listing();
    final List<JsonObject> consents = new ArrayList<>();

    private final RecordSource source;
    final Spool spool;
    final OriginalFiles originals;
    final LifelogView lifelog;
    private final CsvTables tables;
    private final Summary summary;
    private final OriginIds origins = new OriginIds();

    ExportRun(RecordSource source, Provider provider, UUID packageId, Instant instant, Spool spool) {
        this.source = source;
        this.provider = provider;
        this.packageId = packageId;
        this.subject = source.subject();
        this.time = OffsetDateTime.ofInstant(instant, TOKYO);
        this.written = IndexWriter.INSTANT.format(time);
        this.namespaces = new TreeSet<>(source.originNamespaces());
        this.namespaces.remove(provider.namespace());
        this.spool = spool;
        this.originals = new OriginalFiles(source, provider, spool);
        this.lifelog = new LifelogView(spool, packageId, written);
        this.tables = new CsvTables(spool);
        this.summary = new Summary(packageId, subject, provider, written);
    }

    /** {@code {serviceId}_{timestamp}}. */
    String folder() {
        return provider.serviceId() + "_" + STAMP.format(time);
    }

    /** Writes everything below {@code data/}. */
    Inventory payload() throws IOException {
        Parts parts = new Parts(spool);
        try (parts;
                lifelog;
                tables) {
            resources(parts);
            consents();
        }
        parts.finished()
                .values()
                .forEach(part -> listing.part(part, part.path.startsWith(Names.PROVENANCE) ? "provenance" : "fhir"));
        describeViews();
        spool.write(Summary.BUNDLE, summary.bundle());
        listing.file(Summary.BUNDLE, "summary", "application/fhir+json");
        spool.write(Summary.PAGE, summary.page());
        listing.file(Summary.PAGE, "summary", "text/html");
        omissions();
        return inventory(parts);
    }

    private void resources(Parts parts) throws IOException {
        Outgoing outgoing = new Outgoing(provider, subject, namespaces, originals);
        boolean patient = false;
        try (Resources resources = source.resources()) {
            while (resources.hasNext()) {
                SourceResource stored = resources.next();
                JsonObject line = outgoing.line(stored);
                Kept.find(line, namespaces).ifPresent(kept -> origins.put(stored.reference(), kept.id()));
                write(parts, stored.type(), line);
                patient |= stored.type().equals("Patient");
            }
        }
        if (!patient) {
            write(parts, "Patient", patient());
        }
        write(parts, "Provenance", ExportProvenance.of(this));
    }

    private void write(Parts parts, String type, JsonObject line) throws IOException {
        parts.add(type.equals("Provenance") ? Names.PROVENANCE : Names.FHIR, type, line);
        listing.count(line);
        tables.see(line);
        summary.see(line);
        if (type.equals("Observation")) {
            lifelog.see(line);
        }
    }

    private JsonObject patient() {
        JsonObject patient = new JsonObject().put("resourceType", "Patient").put("id", subject.pairwise());
        if (subject.name() != null) {
            patient.put("name", List.of(new JsonObject().put("text", subject.name())));
        }
        if (subject.gender() != AdministrativeGender.NULL) {
            patient.put("gender", subject.gender().toCode());
        }
        return subject.birthDate() == null
                ? patient
                : patient.put("birthDate", subject.birthDate().toString());
    }

    private void consents() throws IOException {
        try (OutputStream out = spool.create(Names.DIRECTIVES)) {
            Iterator<TravellingDirective> directives = source.directives();
            while (directives.hasNext()) {
                TravellingDirective directive = directives.next();
                byte[] line = canonical(directive.json());
                out.write(line);
                out.write('\n');
                consents.add(entry(directive, Sha256.of(line)));
                tables.consent(directive);
            }
        }
        listing.file(Names.DIRECTIVES, "consent", "application/x-ndjson").put("count", consents.size());
        consentViews();
        Iterator<ConsentFile> files = source.consentFiles();
        while (files.hasNext()) {
            ConsentFile file = files.next();
            String path = Names.CONSENTS + file.path();
            spool.write(path, file.content());
            listing.file(path, path.contains("/receipts/") ? "receipt" : "policy-text", mediaType(path));
        }
    }

    private void consentViews() throws IOException {
        String path = Names.CONSENTS + "Consent.001.ndjson";
        int count = 0;
        try (OutputStream out = spool.create(path)) {
            for (Iterator<byte[]> views = source.consents(); views.hasNext(); count++) {
                String json = new String(canonical(views.next()), java.nio.charset.StandardCharsets.UTF_8);
                out.write(json.replace(subject.person().toString(), subject.pairwise())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
        listing.file(path, "consent", "application/fhir+ndjson")
                .put("resourceType", "Consent")
                .put("count", count);
    }

    private byte[] canonical(byte[] json) {
        try {
            return Json.canonical(Json.parse(json));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the source yields JSON", e);
        }
    }

    private JsonObject entry(TravellingDirective directive, Sha256 sha256) {
        JsonObject validity = new JsonObject();
        if (directive.validFrom() != null) {
            validity.put("start", directive.validFrom().toString());
        }
        if (directive.validTo() != null) {
            validity.put("end", directive.validTo().toString());
        }
        return new JsonObject()
                .put("directiveId", directive.id())
                .put("version", directive.version())
                .put("effect", directive.effect())
                .put("status", directive.state())
                .put("validity", validity)
                .put("sha256", sha256.hex());
    }

    private void describeViews() {
        originals.described().forEach(original -> listing.file(original.path(), "original", original.mediaType())
                .put(
                        "sourceDocument",
                        "DocumentReference/"
                                + original.documentReference().string("id").orElse("")));
        lifelog.series().values().forEach(series -> listing.file(series.path, "lifelog-view", "application/json")
                .put("count", series.count));
        for (String path : spool.paths()) {
            if (path.startsWith(CsvTables.FOLDER)) {
                listing.file(path, "csv", "text/csv");
            }
        }
    }

    private void omissions() {
        listing.omission("data/ledger", 0, "開示の記録はこの版ではパッケージに含めません");
        listing.omission("data/fhir-history", 0, "最新の版だけを含めます");
        listing.omission("data/csv", 0, "服薬・予防接種・アレルギー・傷病名・血糖・睡眠の表はこの版では作りません");
        if (originals.missing() > 0) {
            listing.omission("data/originals", originals.missing(), "原本を読み出す許可がないか、原本がありません");
        }
        if (summary.omitted() > 0) {
            listing.omission(Summary.BUNDLE, summary.omitted(), "サマリーには各項目100件までを載せます");
        }
    }

    private Inventory inventory(Parts parts) throws IOException {
        InventoryCount count = new InventoryCount(
                new ContentHash(provider.namespace(), Set.of(subject.pairwise()), namespaces, origins::of));
        for (String path : parts.finished().keySet()) {
            PackageLines.forEach(spool.open(path), line -> count.add(Json.parse(line)));
        }
        return count.total(originals.count());
    }

    private static String mediaType(String path) {
        return path.endsWith(".md")
                ? "text/markdown"
                : path.endsWith(".json") ? "application/json" : "application/jose";
    }
}
