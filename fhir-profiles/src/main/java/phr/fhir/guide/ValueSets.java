package phr.fhir.guide;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.jp.CheckupConcepts;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.text.TsvTable;

/** Value sets: what a field of ours may hold. */
final class ValueSets {

    private static final String SERIES = "checkup-concept-";
    private static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    private ValueSets() {}

    static List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        for (String name : List.of("phr-category", "action", "notice", "package-activity", "checkup-group")) {
            all.add(whole(name, Fhir.CANONICAL + "/CodeSystem/" + name));
        }
        all.add(whole("checkup-item", CheckupSystem.ITEM.url()));
        all.add(purposes());
        all.add(lifelogCodes());
        CheckupConcepts.all().forEach(concept -> all.add(series(concept)));
        return all;
    }

    /** Items that are one series, whatever the method; an item that stands alone needs no set. */
    private static ObjectNode series(CheckupConcepts.Concept concept) {
        ObjectNode set = Head.own(
                "ValueSet",
                SERIES + concept.code(),
                concept.name(),
                "Items of the checkup table that are one series of " + concept.name()
                        + ", whatever the method (checkup-cda.md §9).");
        codes(set.putObject("compose").putArray("include"), CheckupSystem.ITEM.url(), concept.items());
        return set;
    }

    /** {@code system|code} of the series that the set of this id is; null when it is none. */
    static @Nullable String series(String id) {
        return id.startsWith(SERIES)
                ? Fhir.CANONICAL + "/CodeSystem/checkup-concept|" + id.substring(SERIES.length())
                : null;
    }

    private static ObjectNode whole(String name, String system) {
        ObjectNode set = Head.own("ValueSet", name, name, "All codes of " + system + ".");
        set.putObject("compose").putArray("include").addObject().put("system", system);
        return set;
    }

    private static ObjectNode purposes() {
        ObjectNode set = Head.own(
                "ValueSet", "purpose-of-use", "利用目的", "Purposes that the gateway knows (consent-semantics.md §7).");
        ArrayNode include = set.putObject("compose").putArray("include");
        Set<String> reasons = new TreeSet<>();
        TsvTable.load(ValueSets.class, "purposes.tsv").rows().stream()
                .filter(row -> row[1].equals("act-reason"))
                .forEach(row -> reasons.add(row[0]));
        codes(include, ACT_REASON, reasons);
        include.addObject().put("system", Fhir.CANONICAL + "/CodeSystem/purpose");
        return set;
    }

    private static ObjectNode lifelogCodes() {
        ObjectNode set = Head.own(
                "ValueSet", "lifelog-code", "ライフログの測定項目", "Codes of what the gateway normalises (lifelog.md §3.1).");
        ArrayNode include = set.putObject("compose").putArray("include");
        codes(include, Metrics.PGHD, Metrics.codes("pghd"));
        codes(include, Metrics.LOINC, Metrics.codes("loinc"));
        include.addObject().put("system", Metrics.OWN);
        return set;
    }

    private static void codes(ArrayNode include, String system, Collection<String> codes) {
        ArrayNode concepts = include.addObject().put("system", system).putArray("concept");
        codes.forEach(code -> concepts.addObject().put("code", code));
    }
}
