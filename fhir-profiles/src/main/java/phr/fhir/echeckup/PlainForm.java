package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phr.fhir.echeckup.CheckupBundle.Entry;
import phr.fhir.jp.CheckupSystem;

/**
 * The document of FHIR R4 ({@code $document}): the resources as they are stored, at their addresses, behind a Composition that lists
 * them. Nothing is left out but where they came from.
 */
public final class PlainForm {

    /** Titles of sections by what they list; other types are found through what refers to them. */
    private static final Map<String, String> SECTIONS = sections();

    private static final Set<String> LEFT_OUT = Set.of("Provenance", "Binary");

    private final StoredCheckup checkup;
    private final Moment made;
    private final String baseUrl;

    private PlainForm(StoredCheckup checkup, Instant now, String baseUrl) {
        this.checkup = checkup;
        this.made = new Moment(now);
        this.baseUrl = baseUrl;
    }

    /**
     * @param now when the document is made
     * @param baseUrl of the addresses, without trailing slash
     */
    public static CheckupBundle of(StoredCheckup checkup, Instant now, String baseUrl) {
        return new PlainForm(checkup, now, baseUrl).bundle();
    }

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("Observation", "検査・問診結果");
        sections.put("DiagnosticReport", "報告書");
        sections.put("Coverage", "保険・受診券");
        sections.put("Media", "画像");
        sections.put("DocumentReference", "原本・添付書類");
        return sections;
    }

    private CheckupBundle bundle() {
        List<Entry> entries = new ArrayList<>();
        entries.add(entry(composition()));
        ObjectNode patient = checkup.patient();
        entries.add(entry(patient));
        entries.add(entry(checkup.visit()));
        checkup.others().stream()
                .filter(other -> !LEFT_OUT.contains(Tree.text(other, "resourceType")))
                .filter(other -> !Tree.name(other).equals(Tree.name(patient)))
                .forEach(other -> entries.add(entry(other)));
        return new CheckupBundle(head(), entries, List.of());
    }

    private Entry entry(ObjectNode resource) {
        return new Entry(baseUrl + "/" + Tree.name(resource), resource);
    }

    private ObjectNode head() {
        DocumentIds ids = new DocumentIds(checkup, made);
        ObjectNode head = Tree.object().put("resourceType", "Bundle");
        head.put("id", ids.made("Bundle").toString());
        head.withObject("/meta").put("lastUpdated", made.millis());
        head.set("identifier", ids.plain());
        return head.put("type", "document").put("timestamp", made.millis());
    }

    private ObjectNode composition() {
        ObjectNode composition = Tree.object()
                .put("resourceType", "Composition")
                .put("id", checkup.id().toString());
        composition.withObject("/meta").put("lastUpdated", made.millis());
        composition.put("status", "final");
        composition.set(
                "type",
                Tree.concept(Tree.coding(ECheckupSystem.DOCUMENT_TYPE.url(), "53576-5")
                        .put("display", "検診・健診報告書")));
        composition.set("subject", Tree.referring(Tree.name(checkup.patient())));
        composition.set("encounter", Tree.referring(Tree.name(checkup.visit())));
        composition.put("date", made.seconds());
        composition.set(
                "author",
                Tree.list(checkup.author()
                        .map(author -> Tree.referring(Tree.name(author)))
                        .orElseGet(() -> Tree.absent(false))));
        composition.put("title", Report.of(checkup).title(checkup));
        checkup.performer().ifPresent(facility -> composition.set("custodian", Tree.referring(Tree.name(facility))));
        ObjectNode event = Tree.object();
        event.set("code", Tree.list(Tree.concept(Tree.coding(CheckupSystem.PROGRAM.url(), checkup.program()))));
        composition.set("event", Tree.list(event));
        SECTIONS.forEach((type, title) -> section(type, title, composition));
        return composition;
    }

    private void section(String type, String title, ObjectNode composition) {
        List<ObjectNode> listed = checkup.all(type);
        if (!listed.isEmpty()) {
            ObjectNode section = Tree.object().put("title", title);
            listed.forEach(resource -> section.withArray("entry").add(Tree.referring(Tree.name(resource))));
            composition.withArray("section").add(section);
        }
    }
}
