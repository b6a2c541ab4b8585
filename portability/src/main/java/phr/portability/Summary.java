package phr.portability;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import phr.fhir.Ids;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;

/**
 * International Patient Summary (IPS) of the record: a document Bundle and the same as a static page (phr-package.md §6.7). Holds
 * a bounded number of entries; what there is more of is in {@code data/fhir}.
 */
final class Summary {

    static final String BUNDLE = "data/summary/ips.json";
    static final String PAGE = "data/summary/ips.ja.html";

    private static final int MOST = 100;
    private static final String LOINC = "http://loinc.org";

    private final UUID packageId;
    private final Subject subject;
    private final Provider provider;
    private final String written;
    private final Map<Section, List<JsonObject>> entries = new LinkedHashMap<>();
    private int omitted;

    Summary(UUID packageId, Subject subject, Provider provider, String written) {
        this.packageId = packageId;
        this.subject = subject;
        this.provider = provider;
        this.written = written;
        for (Section section : Section.values()) {
            entries.put(section, new ArrayList<>());
        }
    }

    void see(JsonObject resource) {
        String type = resource.string("resourceType").orElse("");
        for (Section section : Section.values()) {
            List<JsonObject> chosen = java.util.Objects.requireNonNull(entries.get(section));
            if (section.types.contains(type)) {
                if (chosen.size() < MOST) {
                    chosen.add(bundled(resource));
                } else {
                    omitted++;
                }
            }
        }
    }

    /** Resources that belong into the summary but did not fit. */
    int omitted() {
        return omitted;
    }

    byte[] bundle() {
        List<Object> all = new ArrayList<>();
        all.add(entry(Ids.v5(packageId, "ips-composition").toString(), composition()));
        all.add(entry(subject.pairwise(), patient()));
        all.add(entry(authorId(), author()));
        entries.values()
                .forEach(list -> list.forEach(
                        resource -> all.add(entry(resource.string("id").orElse(""), resource))));
        return Json.write(new JsonObject()
                .put("resourceType", "Bundle")
                .put("id", Ids.v5(packageId, "ips").toString())
                .put("identifier", identifier())
                .put("type", "document")
                .put("timestamp", written)
                .put("entry", all));
    }

    byte[] page() {
        StringBuilder out = new StringBuilder();
        out.append(
                        "<!DOCTYPE html>\n<html lang=\"ja\"><head><meta charset=\"UTF-8\"><title>患者サマリー(IPS)</title></head><body>\n<h1>")
                .append(escaped(subject.name() == null ? "(氏名未登録)" : subject.name()))
                .append(" 様の患者サマリー</h1>\n<p>作成: ")
                .append(escaped(provider.name()))
                .append(" ")
                .append(escaped(written))
                .append("</p>\n");
        entries.forEach((section, list) -> {
            out.append("<h2>").append(section.japanese).append("</h2>\n<ul>\n");
            list.forEach(resource ->
                    out.append("<li>").append(escaped(label(resource))).append("</li>\n"));
            out.append(list.isEmpty() ? "<li>この記録には情報がありません(「ない」ことの確認ではありません)</li>\n" : "")
                    .append("</ul>\n");
        });
        return out.append("</body></html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonObject composition() {
        List<Object> sections = new ArrayList<>();
        entries.forEach((section, list) -> {
            if (section.required || !list.isEmpty()) {
                sections.add(section(section, list));
            }
        });
        return new JsonObject()
                .put("resourceType", "Composition")
                .put("id", Ids.v5(packageId, "ips-composition").toString())
                .put("status", "final")
                .put("type", concept("60591-5", "Patient summary Document"))
                .put("subject", reference(subject.pairwise()))
                .put("date", written)
                .put("author", List.of(reference(authorId())))
                .put("title", "患者サマリー(IPS)")
                .put("section", sections);
    }

    private static JsonObject section(Section section, List<JsonObject> list) {
        JsonObject json =
                new JsonObject().put("title", section.japanese).put("code", concept(section.code, section.name));
        json.put("text", narrative(list));
        if (list.isEmpty()) {
            return json.put(
                    "emptyReason",
                    new JsonObject()
                            .put(
                                    "coding",
                                    List.of(new JsonObject()
                                            .put("system", "http://terminology.hl7.org/CodeSystem/list-empty-reason")
                                            .put("code", "unavailable"))));
        }
        return json.put(
                "entry",
                list.stream()
                        .map(resource -> reference(resource.string("id").orElse("")))
                        .toList());
    }

    private static JsonObject narrative(List<JsonObject> list) {
        StringBuilder div = new StringBuilder("<div xmlns=\"http://www.w3.org/1999/xhtml\"><ul>");
        list.forEach(
                resource -> div.append("<li>").append(escaped(label(resource))).append("</li>"));
        String text = list.isEmpty() ? "<div xmlns=\"http://www.w3.org/1999/xhtml\">情報なし</div>" : div + "</ul></div>";
        return new JsonObject().put("status", "generated").put("div", text);
    }

    private JsonObject patient() {
        JsonObject name = new JsonObject().put("text", subject.name() == null ? "(氏名未登録)" : subject.name());
        JsonObject patient = new JsonObject()
                .put("resourceType", "Patient")
                .put("id", subject.pairwise())
                .put("name", List.of(name));
        if (subject.gender() != AdministrativeGender.NULL) {
            patient.put("gender", subject.gender().toCode());
        }
        return subject.birthDate() == null
                ? patient
                : patient.put("birthDate", subject.birthDate().toString());
    }

    private JsonObject author() {
        return new JsonObject()
                .put("resourceType", "Organization")
                .put("id", authorId())
                .put("name", provider.name());
    }

    private String authorId() {
        return Ids.v5(packageId, "ips-author").toString();
    }

    private JsonObject identifier() {
        return new JsonObject().put("system", "urn:ietf:rfc:3986").put("value", "urn:uuid:" + Ids.v5(packageId, "ips"));
    }

    /** A copy whose reference to the person resolves inside the Bundle. */
    private JsonObject bundled(JsonObject resource) {
        JsonObject copy = new JsonObject();
        resource.members().forEach(copy::put);
        for (String name : List.of("subject", "patient")) {
            if (copy.object(name).isPresent()) {
                copy.put(name, reference(subject.pairwise()));
            }
        }
        return copy;
    }

    private static JsonObject entry(String id, JsonObject resource) {
        return new JsonObject().put("fullUrl", "urn:uuid:" + id).put("resource", resource);
    }

    private static JsonObject reference(String id) {
        return new JsonObject().put("reference", "urn:uuid:" + id);
    }

    private static JsonObject concept(String code, String display) {
        return new JsonObject()
                .put(
                        "coding",
                        List.of(new JsonObject()
                                .put("system", LOINC)
                                .put("code", code)
                                .put("display", display)));
    }

    private static String label(JsonObject resource) {
        for (String name : List.of("code", "medicationCodeableConcept", "vaccineCode")) {
            String text = ObservationValues.text(resource.object(name));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return resource.string("resourceType").orElse("");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Sections of the document, the required ones first. */
    private enum Section {
        PROBLEMS("11450-4", "Problem list", "傷病名", true, "Condition"),
        ALLERGIES("48765-2", "Allergies and adverse reactions", "アレルギー・副作用", true, "AllergyIntolerance"),
        MEDICATIONS("10160-0", "Medication use", "服薬", true, "MedicationStatement", "MedicationRequest"),
        IMMUNIZATIONS("11369-6", "Immunizations", "予防接種", false, "Immunization"),
        PROCEDURES("47519-4", "Procedures", "手術・処置", false, "Procedure");

        private final String code;
        private final String name;
        private final String japanese;
        private final boolean required;
        private final List<String> types;

        Section(String code, String name, String japanese, boolean required, String... types) {
            this.code = code;
            this.name = name;
            this.japanese = japanese;
            this.required = required;
            this.types = List.of(types);
        }
    }
}
