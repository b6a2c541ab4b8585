package phr.portability;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import phr.fhir.Fhir;
import phr.fhir.Ids;
import phr.fhir.Sha256;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.SourceIdentity;

/** Fills a record with random resources that refer to each other, as a normaliser would have made them. */
final class RandomRecord {

    private final Random random;
    private final MemoryRecord record;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Original> originals = new ArrayList<>();
    private final List<String> references = new ArrayList<>();

    private RandomRecord(long seed, MemoryRecord record) {
        this.random = new Random(seed);
        this.record = record;
    }

    static void fill(MemoryRecord record, long seed, int size) throws java.io.IOException {
        RandomRecord made = new RandomRecord(seed, record);
        String organization = made.organization();
        String encounter = made.encounter(organization);
        for (int i = 0; i < size; i++) {
            switch (made.random.nextInt(5)) {
                case 0 -> made.bloodPressure();
                case 1 -> made.weight();
                case 2 -> made.steps();
                default -> made.result(encounter, organization);
            }
        }
        for (int i = 0; i < 1 + size / 10; i++) {
            made.document(encounter);
        }
        made.provenance();
        record.seed(made.drafts, made.originals);
    }

    private String organization() {
        return add("Organization", """
                {"resourceType":"Organization","id":"%%s","identifier":[{"system":"urn:example:no","value":"%d"}],"name":"さくら診療所"}
                """.formatted(random.nextInt(1000)), null);
    }

    private String encounter(String organization) {
        return add(
                "Encounter",
                """
                {"resourceType":"Encounter","id":"%%s","status":"finished","class":{"system":"http://jpfhir.jp/fhir/eCheckup/CodeSystem/encounter-category","code":"checkup"},
                "subject":{"reference":"Patient/%s"},"period":{"start":"2025-06-01","end":"2025-06-01"},"serviceProvider":{"reference":"%s/_history/3"}}
                """.formatted(record.account.person(), organization),
                Set.of(PhrCategory.CHECKUP_SPECIFIC));
    }

    private void bloodPressure() {
        add(
                "Observation",
                """
                {"resourceType":"Observation","id":"%%s","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
                "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"subject":{"reference":"Patient/%s"},"effectiveDateTime":"%s",
                "component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":%d,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}},
                {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":%s,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]}
                """.formatted(record.account.person(), time(), 100 + random.nextInt(60), decimal()),
                Set.of(PhrCategory.LIFELOG_VITALS));
    }

    private void weight() {
        quantity("29463-7", "kg", decimal(), "effectiveDateTime\":\"" + time() + "\"", PhrCategory.LIFELOG_BODY);
    }

    private void steps() {
        String day = "2026-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(9);
        String period = "effectivePeriod\":{\"start\":\"" + day + "T00:00:00+09:00\",\"end\":\"" + day
                + "T23:59:59.999+09:00\"}";
        quantity("41950-7", "{steps}/d", Integer.toString(random.nextInt(20000)), period, PhrCategory.LIFELOG_ACTIVITY);
    }

    private void quantity(String loinc, String unit, String value, String effective, PhrCategory category) {
        add(
                "Observation",
                """
                {"resourceType":"Observation","id":"%%s","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
                "code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},"subject":{"reference":"Patient/%s"},"%s,
                "valueQuantity":{"value":%s,"unit":"%s","system":"http://unitsofmeasure.org","code":"%s"}}
                """.formatted(loinc, record.account.person(), effective, value, unit, unit),
                Set.of(category));
    }

    private void result(String encounter, String organization) {
        String extra =
                references.stream().noneMatch(reference -> reference.startsWith("Observation/")) || random.nextBoolean()
                        ? ""
                        : ",\"derivedFrom\":[{\"reference\":\"" + observation() + "\"}]";
        add(
                "Observation",
                """
                {"resourceType":"Observation","id":"%%s","identifier":[{"system":"urn:example:lab","value":"%d"}],"text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">結果</div>"},"status":"final",
                "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
                "code":{"coding":[{"system":"urn:oid:1.2.392.200119.6.1005","code":"3F015000002327101"}],"text":"=総コレステロール \\"T\\" \\u2028"},
                "subject":{"reference":"Patient/%s"},"encounter":{"reference":"%s"},"effectiveDateTime":"2025-06-01","performer":[{"reference":"%s","display":"さくら"}],
                "valueQuantity":{"value":%s,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}%s}
                """.formatted(random.nextInt(), record.account.person(), encounter, organization, decimal(), extra),
                Set.of(PhrCategory.LAB, PhrCategory.CHECKUP_SPECIFIC));
    }

    private void document(String encounter) {
        byte[] bytes = ("<原本>" + random.nextLong() + "</原本>").getBytes(StandardCharsets.UTF_8);
        Content content = Content.of(bytes);
        Sha256 sha256 = content.sha256();
        UUID binary = Ids.ofOriginal(record.namespace, record.account.person(), sha256, "Binary", "1");
        String reference = add(
                "DocumentReference",
                """
                {"resourceType":"DocumentReference","id":"%%s","masterIdentifier":{"system":"urn:ietf:rfc:3986","value":"%s"},"status":"current",
                "type":{"coding":[{"system":"1.2.392.200119.6.1001","code":"10","display":"特定健診情報"},{"system":"http://phr.or.jp/fhir/CodeSystem/document-type","code":"urn:oid:1.2.392.200119.6.1001#10"}]},
                "subject":{"reference":"Patient/%s"},"date":"2026-03-01T09:00:00+09:00",
                "content":[{"attachment":{"contentType":"text/xml","url":"Binary/%s","size":%d,"title":"特定健診 2025-06-01","creation":"2025-06-10"}}],
                "context":{"encounter":[{"reference":"%s"}],"period":{"start":"2025-06-01","end":"2025-06-01"}}}
                """.formatted(sha256.ni(), record.account.person(), binary, bytes.length, encounter),
                EnumSet.of(PhrCategory.RAW_FILE, PhrCategory.CHECKUP_SPECIFIC));
        originals.add(new Original(
                "checkup-cda",
                "text/xml",
                content,
                binary,
                UUID.fromString(reference.substring(reference.indexOf('/') + 1)),
                Set.of(PhrCategory.CHECKUP_SPECIFIC)));
    }

    private void provenance() {
        List<String> targets = references.stream()
                .map(reference -> "{\"reference\":\"" + reference + "\"}")
                .toList();
        add("Provenance", """
                {"resourceType":"Provenance","id":"%%s","contained":[{"resourceType":"Device","id":"importer","deviceName":[{"name":"importer","type":"user-friendly-name"}]}],
                "target":[%s],"recorded":"2026-03-01T09:00:00+09:00","agent":[{"who":{"reference":"#importer"}},{"who":{"reference":"Patient/%s"}}]}
                """.formatted(String.join(",", targets), record.account.person()), null);
    }

    private String add(String type, String template, @org.jspecify.annotations.Nullable Set<PhrCategory> categories) {
        UUID id = new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() & 0x3fffffffffffffffL | 1L << 63);
        Resource resource =
                (Resource) Fhir.json().parseResource(template.formatted(id).strip());
        drafts.add(new Draft(resource, new SourceIdentity("urn:example:source", "key-" + id, null), categories, null));
        references.add(type + "/" + id);
        return type + "/" + id;
    }

    private String observation() {
        List<String> observations = references.stream()
                .filter(reference -> reference.startsWith("Observation/"))
                .toList();
        return observations.isEmpty() ? references.get(0) : observations.get(random.nextInt(observations.size()));
    }

    private String time() {
        return String.format(
                Locale.ROOT,
                "2026-%02d-%02dT%02d:05:00+09:00",
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24));
    }

    /** 5, 5.0 and 5.00 are three values. */
    private String decimal() {
        String digits = "0".repeat(random.nextInt(3));
        return (40 + random.nextInt(60)) + (digits.isEmpty() ? "" : "." + digits);
    }
}
