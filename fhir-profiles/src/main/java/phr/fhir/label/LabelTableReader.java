package phr.fhir.label;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Issue;

/**
 * Reads a table: UTF-8, cells separated by tabs, lines that begin with {@code #} are remarks. First cell of a line:
 *
 * <ul>
 *   <li>{@code table}, name, version: the first line;
 *   <li>{@code covers}, systems separated by blanks: known as a whole;
 *   <li>{@code rule}, id, category that the resource must be in, system, codes ({@link CodePattern}), answer, category that it
 *       falls in, confidentiality, sensitivities, source, confidence ({@code confirmed}, {@code single-source},
 *       {@code unverified}).
 * </ul>
 *
 * Made for one table.
 */
final class LabelTableReader {

    private static final int CELLS = 11;
    private static final Set<String> CONFIDENCE = Set.of("confirmed", "single-source", "unverified");

    private final LabelSystems systems;
    private final List<Issue> faults = new ArrayList<>();
    private final List<LabelRule> rules = new ArrayList<>();
    private final Set<String> covered = new HashSet<>();
    private final Set<String> ids = new HashSet<>();
    private String name = "";
    private String version = "";
    private String place = "line 1";

    LabelTableReader(LabelSystems systems) {
        this.systems = systems;
    }

    /** Usable only when there are no {@link #faults()}. */
    LabelTable read(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            place = "line " + (i + 1);
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                line(Arrays.asList(line.split("\t", -1)));
            }
        }
        if (name.isEmpty()) {
            place = "line 1";
            fault("a table begins with its name and version");
        }
        return new LabelTable(name, version, covered, rules, Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    List<Issue> faults() {
        return faults;
    }

    private void line(List<String> cells) {
        switch (cells.get(0)) {
            case "table" -> table(cells);
            case "covers" -> cells.stream().skip(1).forEach(cell -> covered.addAll(systems(cell)));
            case "rule" -> rule(cells);
            default -> fault("a line begins with table, covers or rule");
        }
    }

    private void table(List<String> cells) {
        if (cells.size() != 3
                || !name.isEmpty()
                || !cells.get(1).matches("[a-z0-9-]{1,40}")
                || cells.get(2).isBlank()) {
            fault("a table has one name of small letters, digits and hyphens, and one version");
            return;
        }
        name = cells.get(1);
        version = cells.get(2);
    }

    private void rule(List<String> cells) {
        int before = faults.size();
        if (cells.size() != CELLS) {
            fault("a rule has " + CELLS + " cells");
            return;
        }
        String id = cells.get(1);
        if (!id.matches("[A-Za-z0-9-]{1,40}") || !ids.add(id)) {
            fault("a rule needs an id of its own");
        }
        if (cells.get(9).isBlank() || !CONFIDENCE.contains(cells.get(10))) {
            fault("a rule names its source and how sure it is: "
                    + CONFIDENCE.stream().sorted().toList());
        }
        PhrCategory when = category(cells.get(2));
        PhrCategory also = category(cells.get(6));
        Set<String> meant = systems(cells.get(3));
        CodePattern pattern = pattern(cells.get(4), when);
        Labels labels = labels(cells.get(7), cells.get(8));
        if (faults.size() == before) {
            rules.add(new LabelRule(id, when, meant, pattern, cells.get(5), also, labels));
        }
    }

    private @Nullable CodePattern pattern(String cell, @Nullable PhrCategory when) {
        if (cell.isBlank()) {
            if (when == null) {
                fault("a rule without codes needs a category");
            }
            return null;
        }
        CodePattern pattern = CodePattern.parse(cell);
        if (pattern == null) {
            fault("codes are written =A00, A00* or A00..A09, with ! in front for exceptions");
        }
        return pattern;
    }

    private @Nullable PhrCategory category(String cell) {
        if (cell.isEmpty()) {
            return null;
        }
        for (PhrCategory category : PhrCategory.values()) {
            if (category.code().equals(cell)) {
                return category;
            }
        }
        fault("the catalogue has no such category");
        return null;
    }

    private Set<String> systems(String cell) {
        Set<String> all = new LinkedHashSet<>();
        for (String system : cell.trim().split(" +")) {
            Set<String> addresses = systems.of(system);
            if (addresses.isEmpty()) {
                fault("a system is an address or a short name of systems.tsv");
            }
            all.addAll(addresses);
        }
        return all;
    }

    private Labels labels(String level, String codes) {
        Set<String> sensitivities =
                Arrays.stream(codes.split(" ")).filter(code -> !code.isEmpty()).collect(Collectors.toSet());
        if (!Labels.SENSITIVITIES.containsAll(sensitivities)) {
            fault("a sensitivity is not one of the specification");
        }
        for (Confidentiality confidentiality : Confidentiality.values()) {
            if (confidentiality.name().equals(level)) {
                return new Labels(true, confidentiality, sensitivities);
            }
        }
        fault("confidentiality is U, L, M, N, R or V");
        return Labels.UNLABELLED;
    }

    private void fault(String text) {
        faults.add(Issue.error("structure", "LAB-2", text, place));
    }
}
