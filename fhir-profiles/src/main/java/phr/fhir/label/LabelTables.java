package phr.fhir.label;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.facts.LabelHit;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/** The label tables in force: those that come with the product and those that the operator adds. Immutable. */
public final class LabelTables {

    private static final List<String> BUNDLED = List.of(
            "mental-health",
            "substance-use",
            "infection-sensitive",
            "reproductive",
            "genetic",
            "violence",
            "checkup",
            "municipal",
            "department");
    private static final int MOST_BYTES = 4 << 20;

    private static final class Holder {
        private static final LabelTables TABLES =
                new LabelTables(BUNDLED.stream().map(LabelTables::resource).toList());
    }

    /** What the rules say about a resource. */
    public record Finding(Set<PhrCategory> categories, List<LabelHit> hits) {}

    /** A rule and the table it stands in. */
    private record Entry(LabelTable table, LabelRule rule) {

        LabelHit hit() {
            return new LabelHit(table.name() + "." + rule.id(), table.version(), rule.labels());
        }
    }

    private final List<LabelTable> tables;
    private final Set<String> covered = new HashSet<>();
    private final Map<String, List<Entry>> bySystem = new HashMap<>();

    private LabelTables(List<LabelTable> tables) {
        this.tables =
                tables.stream().sorted(Comparator.comparing(LabelTable::name)).toList();
        for (LabelTable table : this.tables) {
            covered.addAll(table.covered());
            for (LabelRule rule : table.rules()) {
                Entry entry = new Entry(table, rule);
                rule.systems().forEach(system -> bySystem.computeIfAbsent(system, key -> new ArrayList<>())
                        .add(entry));
            }
        }
    }

    /** The tables that come with the product. */
    public static LabelTables bundled() {
        return Holder.TABLES;
    }

    /**
     * With every {@code *.tsv} of a directory.
     *
     * @throws phr.fhir.failure.FailureException INVALID with one issue per fault, located by file name and {@code line n}
     */
    public LabelTables with(Path directory) {
        List<LabelTable> all = new ArrayList<>(tables);
        List<Issue> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        tables.forEach(table -> names.add(table.name()));
        for (Path file : files(directory)) {
            String entry = String.valueOf(file.getFileName());
            LabelTableReader reader = new LabelTableReader(LabelSystems.bundled());
            String text = text(file);
            if (text == null) {
                faults.add(Issue.error("structure", "LAB-3", "a table is UTF-8 text of at most 4 MiB")
                        .in(entry));
                continue;
            }
            LabelTable table = reader.read(text);
            reader.faults().forEach(fault -> faults.add(fault.in(entry)));
            if (reader.faults().isEmpty() && !names.add(table.name())) {
                faults.add(Issue.error("duplicate", "LAB-4", "a table of this name is there already", "line 1")
                        .in(entry));
            }
            all.add(table);
        }
        if (!faults.isEmpty()) {
            throw new Failure(Category.INVALID, faults).exception();
        }
        return new LabelTables(all);
    }

    /** Whether a table knows the codes of this system, so that no hit means nothing special. */
    public boolean covers(String system) {
        return covered.contains(system);
    }

    /** Every rule that hits, and the categories they add. A rule may look at categories that another rule has added. */
    public Finding find(Set<PhrCategory> categories, Coded coded) {
        Set<Entry> candidates = new LinkedHashSet<>();
        coded.codes().stream()
                .map(token -> token.substring(0, token.indexOf('|')))
                .distinct()
                .forEach(system -> candidates.addAll(bySystem.getOrDefault(system, List.of())));
        Set<PhrCategory> all = EnumSet.noneOf(PhrCategory.class);
        all.addAll(categories);
        Set<LabelHit> hits = new TreeSet<>(Comparator.comparing(LabelHit::rule));
        int before;
        do {
            before = all.size();
            for (Entry candidate : candidates) {
                if (candidate.rule().hits(all, coded)) {
                    hits.add(candidate.hit());
                    Optional.ofNullable(candidate.rule().category()).ifPresent(all::add);
                }
            }
        } while (all.size() > before);
        return new Finding(all, List.copyOf(hits));
    }

    /**
     * The categories into which a code puts whatever carries it.
     *
     * @param token {@code system|code}
     * @return empty when it cannot be told: no table covers the system, or a rule finds it sensitive without naming a category
     */
    public Optional<Set<PhrCategory>> categories(String token) {
        int bar = token.indexOf('|');
        if (bar < 0 || !covers(token.substring(0, bar))) {
            return Optional.empty();
        }
        Set<PhrCategory> found = EnumSet.noneOf(PhrCategory.class);
        for (Entry entry : bySystem.getOrDefault(token.substring(0, bar), List.of())) {
            if (entry.rule().names(token) && entry.rule().category() == null) {
                return Optional.empty();
            } else if (entry.rule().names(token)) {
                found.add(entry.rule().category());
            }
        }
        return Optional.of(found);
    }

    /** Names the content of all tables together: another number, other tables. */
    public long version() {
        StringBuilder digests = new StringBuilder();
        tables.forEach(table -> digests.append(table.digest().hex()).append('\n'));
        Sha256 all = Sha256.of(digests.toString().getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(all.bytes()).getLong();
    }

    private static LabelTable resource(String name) {
        try (InputStream in = Objects.requireNonNull(
                LabelTables.class.getResourceAsStream(name + ".tsv"), "a label table is missing")) {
            LabelTableReader reader = new LabelTableReader(LabelSystems.bundled());
            LabelTable table = reader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            if (!reader.faults().isEmpty()) {
                throw new IllegalStateException("label table " + name + ": " + reader.faults());
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".tsv"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.of(Category.INVALID, "LAB-1", "the directory of label tables cannot be read")
                    .exception();
        }
    }

    private static @Nullable String text(Path file) {
        try {
            return Files.size(file) > MOST_BYTES ? null : Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }
}
