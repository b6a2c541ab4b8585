package phr.fhir.normalise.vendor.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupUnits;
import phr.fhir.jp.MunicipalItem;
import phr.fhir.jp.MunicipalItems;

/** What tables of records must keep to, so that a wrong one is found at the start. */
final class RecordRules {

    private static final Set<String> RESOURCES = Set.of("observation", "immunization", "dispense", "cost");
    private static final Set<String> OBSERVED =
            Set.of("vital-signs", "laboratory", "exam", "imaging", "procedure", "survey", "social-history");
    private static final Set<Role> MEASURED = Set.of(Role.VALUE, Role.STAGE, Role.WORKOUT);
    private static final String TOKEN = "[a-z][a-z0-9+.-]*:[^#\\s]+#\\S+( .+)?";

    private RecordRules() {}

    /** Whether the word of a setting is one. */
    static boolean known(Role role, String word) {
        return switch (role) {
            case CATEGORY -> category(word);
            case RESOURCE -> RESOURCES.contains(word);
            case OBSERVED -> OBSERVED.contains(word);
            case TYPE, TITLE, VERSION -> !word.isBlank() && word.length() <= 200;
            default -> true;
        };
    }

    private static boolean category(String word) {
        for (PhrCategory category : PhrCategory.values()) {
            if (category.code().equals(word)) {
                return true;
            }
        }
        return false;
    }

    /** What is wrong with a column, empty = nothing. */
    static String fault(Role role, Map<String, String> details, String unit) {
        String first = details.isEmpty() ? "" : details.keySet().iterator().next();
        return switch (role) {
            case ITEM -> item(first, unit);
            case NUMBER, ANSWER, TEXT ->
                first.matches(TOKEN) && answers(role, details) ? "" : "an item is system#code and a display";
            case VACCINE ->
                details.values().stream().allMatch(code -> code.matches(TOKEN))
                        ? ""
                        : "a vaccine is written=system#code and a display";
            case MEDICINE_CODE -> first.matches("[a-z][a-z0-9+.-]*:\\S+") ? "" : "the detail is a system of codes";
            case COST -> first.matches("[a-z]+( .+)?") ? "" : "the detail is a code of amounts and a display";
            case CODE ->
                details.values().stream().allMatch(code -> code.isEmpty() || find(code) != null)
                        ? ""
                        : "an item that no table has";
            default -> "";
        };
    }

    private static boolean answers(Role role, Map<String, String> details) {
        return role != Role.ANSWER || details.values().stream().skip(1).allMatch(answer -> answer.matches(TOKEN));
    }

    private static String item(String code, String unit) {
        CheckupItem item = find(code);
        if (item == null) {
            return "an item that no table has";
        }
        boolean fits = unit.isEmpty() || CheckupUnits.same(item, unit);
        return fits ? "" : "the unit is not the item's; convert with the factor";
    }

    private static @Nullable CheckupItem find(String code) {
        return CheckupItems.find(code)
                .or(() -> MunicipalItems.find(code).map(MunicipalItem::item))
                .orElse(null);
    }

    /** What is wrong with a kind; its name goes behind. */
    static List<String> faults(Kind kind, boolean timed) {
        List<String> faults = new ArrayList<>();
        boolean named = !kind.setting(Role.NAME).isEmpty();
        if (kind.readBy("xml") && !(named && kind.records())) {
            faults.add("a kind of XML files needs the name of the root element and a category: ");
        }
        if (!kind.records()) {
            boolean foreign =
                    kind.columns().stream().anyMatch(column -> column.role().forRecords())
                            || !kind.setting(Role.RESOURCE).isEmpty();
            if (foreign) {
                faults.add("columns of records need the setting category: ");
            }
            return faults;
        }
        boolean results = !kind.groups().isEmpty();
        boolean measured = kind.columns().stream().anyMatch(column -> MEASURED.contains(column.role()));
        if (measured) {
            faults.add("a kind of records has no measured values; items instead: ");
        }
        if (results && !timed) {
            faults.add("records need a date: ");
        }
        if (results && kind.readBy("xml") && kind.setting(Role.EACH).isEmpty()) {
            faults.add("records of XML files need the path of their rows: ");
        }
        boolean told = named && kind.readBy("xml") || kind.columns().stream().anyMatch(Column::needed);
        if (!results && (!told || kind.readBy("json"))) {
            faults.add("nothing tells files of the kind, or it is kept without results as JSON: ");
        }
        return faults;
    }
}
