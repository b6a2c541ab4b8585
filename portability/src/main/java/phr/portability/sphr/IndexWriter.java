package phr.portability.sphr;

import java.io.ByteArrayOutputStream;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import phr.fhir.Fhir;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;

/** Writes {@code index.phr}: Composition, DocumentManifest, one DocumentReference a document; no blank line, one final LF. */
public final class IndexWriter {

    /** Time stamps with milliseconds and offset. */
    public static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final String PATIENT_ID = "http://phr.or.jp/fhir/IdSystem/patient-id";
    private static final String SERVICE_ID = Fhir.CANONICAL + "/IdSystem/service-id";
    private static final String KANA = Fhir.CANONICAL + "/StructureDefinition/name-kana";
    private static final String CATEGORY = Fhir.CANONICAL + "/CodeSystem/phr-category";

    private IndexWriter() {}

    /** @param documents at least one; lifelog views last */
    public static byte[] write(Cover cover, UUID manifest, List<IndexDocument> documents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line(out, composition(cover));
        line(out, manifest(manifest, documents));
        documents.forEach(document -> line(out, reference(document, cover.written())));
        return out.toByteArray();
    }

    private static void line(ByteArrayOutputStream out, JsonObject resource) {
        out.writeBytes(Json.write(resource));
        out.write('\n');
    }

    private static JsonObject composition(Cover cover) {
        return new JsonObject()
                .put("resourceType", "Composition")
                .put("contained", List.of(patient(cover), provider(cover)))
                .put("status", "final")
                .put("type", concept(List.of(new Coding("http://loinc.org", "11503-0", "Medical records"))))
                .put("subject", new JsonObject().put("reference", "#patient"))
                .put("date", INSTANT.format(cover.written()))
                .put("author", List.of(new JsonObject().put("reference", "#provider")))
                .put("title", "PHR Data " + DAY.format(cover.written()));
    }

    private static JsonObject patient(Cover cover) {
        JsonObject patient = new JsonObject()
                .put("resourceType", "Patient")
                .put("id", "patient")
                .put("identifier", List.of(identifier(PATIENT_ID, cover.pairwise())))
                .put("active", Boolean.TRUE)
                .put("name", List.of(name(cover)));
        if (cover.gender() != AdministrativeGender.NULL) {
            patient.put("gender", cover.gender().toCode());
        }
        return cover.birthDate() == null
                ? patient
                : patient.put("birthDate", cover.birthDate().toString());
    }

    private static JsonObject name(Cover cover) {
        String text = cover.name() == null
                ? "(氏名未登録)"
                : cover.name().replaceAll("[\\s\u3000]+", " ").strip();
        JsonObject name = new JsonObject().put("text", text);
        if (cover.kana() != null) {
            JsonObject kana = new JsonObject().put("url", KANA).put("valueString", cover.kana());
            name.put("_text", new JsonObject().put("extension", List.of(kana)));
        }
        int space = text.indexOf(' ');
        if (space > 0) {
            name.put("family", text.substring(0, space)).put("given", List.of(text.substring(space + 1)));
        }
        return name;
    }

    private static JsonObject provider(Cover cover) {
        return new JsonObject()
                .put("resourceType", "Organization")
                .put("id", "provider")
                .put("identifier", List.of(identifier(SERVICE_ID, cover.providerId())))
                .put("active", Boolean.TRUE)
                .put("name", cover.providerName());
    }

    private static JsonObject manifest(UUID id, List<IndexDocument> documents) {
        List<Object> content = new ArrayList<>();
        documents.forEach(document -> content.add(new JsonObject().put("reference", "urn:uuid:" + document.id())));
        return new JsonObject()
                .put("resourceType", "DocumentManifest")
                .put("id", id.toString())
                .put("status", "current")
                .put("content", content);
    }

    private static JsonObject reference(IndexDocument document, OffsetDateTime written) {
        JsonObject attachment = new JsonObject()
                .put("contentType", document.contentType())
                .put("url", document.url())
                .put("size", document.size())
                .put("hash", document.sha256().hex())
                .put("title", document.title())
                .put("creation", document.creation());
        JsonObject reference = new JsonObject()
                .put("resourceType", "DocumentReference")
                .put("id", document.id().toString())
                .put("status", "current")
                .put("type", concept(document.type()));
        if (!document.categories().isEmpty()) {
            reference.put(
                    "category",
                    document.categories().stream()
                            .map(code -> concept(List.of(new Coding(CATEGORY, code, null))))
                            .toList());
        }
        return reference
                .put("date", INSTANT.format(written))
                .put("content", List.of(new JsonObject().put("attachment", attachment)));
    }

    private static JsonObject concept(List<Coding> codings) {
        return new JsonObject().put("coding", codings.stream().map(Coding::json).toList());
    }

    private static JsonObject identifier(String system, String value) {
        return new JsonObject().put("system", system).put("value", value);
    }
}
