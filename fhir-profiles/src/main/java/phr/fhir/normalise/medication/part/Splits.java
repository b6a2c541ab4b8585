package phr.fhir.normalise.medication.part;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import phr.fhir.failure.Issue;
import phr.fhir.failure.Issue.Severity;

/** Split notebooks (911): parts of one data ID are one notebook, in whatever order they come; without all of them they are none (S-14). */
final class Splits {

    private static final String RULE = "S-14";

    private Splits() {}

    /** Notebooks in the order in which they, or their first parts, stand in the upload. */
    static List<NotebookText> join(List<Sheet> sheets, List<Issue> remarks) {
        Map<String, List<Sheet>> splits = new LinkedHashMap<>();
        for (int i = 0; i < sheets.size(); i++) {
            Sheet sheet = sheets.get(i);
            String id =
                    sheet.control().map(control -> String.valueOf(control.id())).orElse("whole " + i);
            splits.computeIfAbsent(id, key -> new ArrayList<>()).add(sheet);
        }
        return splits.values().stream().map(parts -> text(parts, remarks)).toList();
    }

    private static NotebookText text(List<Sheet> parts, List<Issue> remarks) {
        if (parts.get(0).control().isEmpty()) {
            return NotebookText.whole(parts.get(0));
        }
        int total = parts.get(0).control().orElseThrow().total();
        TreeMap<Integer, Sheet> numbered = new TreeMap<>();
        for (Sheet part : parts) {
            Sheet.Control control = part.control().orElseThrow();
            if (!control.valid() || control.total() != total) {
                return refused(parts, "a control record is damaged or contradicts the others", remarks);
            }
            Sheet same = numbered.putIfAbsent(control.number(), part);
            if (same != null && !Arrays.equals(same.bytes(), part.bytes())) {
                return refused(parts, "two different parts have the same number", remarks);
            }
            if (same != null) {
                remarks.add(place(part)
                        .issue(Severity.INFORMATION, "duplicate", RULE, "the part is there twice; read once"));
            }
        }
        return numbered.size() == total
                ? NotebookText.joined(List.copyOf(numbered.values()))
                : refused(parts, missing(numbered, total), remarks);
    }

    private static String missing(TreeMap<Integer, Sheet> there, int total) {
        List<Integer> missing = IntStream.rangeClosed(1, total)
                .boxed()
                .filter(number -> !there.containsKey(number))
                .toList();
        String named = missing.stream().limit(20).map(String::valueOf).collect(Collectors.joining(", "));
        return "of " + total + " parts are missing: " + named + (missing.size() > 20 ? " and more" : "");
    }

    private static NotebookText refused(List<Sheet> parts, String why, List<Issue> remarks) {
        remarks.add(place(parts.get(0))
                .issue(Severity.ERROR, "incomplete", RULE, why + "; kept as an original, nothing is taken from it"));
        return NotebookText.refused(parts, why);
    }

    private static Place place(Sheet part) {
        return new Place(part.entry(), part.control().orElseThrow().line());
    }
}
