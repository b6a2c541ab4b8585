package phr.fhir.normalise.vendor.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/**
 * All vendor tables: the bundled ones and what an operator adds. A table has a header line and a row per column, tab-separated:
 *
 * <table>
 * <caption>Cells</caption>
 * <tr><td>{@code kind}</td><td>kind of file, within the vendor</td></tr>
 * <tr><td>{@code group}</td><td>where one row has several measurements: which one; else empty</td></tr>
 * <tr><td>{@code column}</td><td>name in the header, other spellings behind {@code |}; path of a JSON field or an XML element; {@code *} for a
 * setting</td></tr>
 * <tr><td>{@code role}</td><td>a {@link Role}</td></tr>
 * <tr><td>{@code detail}</td><td>as the role says, several behind {@code |}</td></tr>
 * <tr><td>{@code unit}</td><td>of the numbers; empty = as written</td></tr>
 * <tr><td>{@code multiply}</td><td>factor on the numbers</td></tr>
 * </table>
 */
public final class VendorTables {

    private static final List<String> BUNDLED = List.of(
            "samsung-health",
            "omron",
            "blood-pressure",
            "withings",
            "oura",
            "garmin",
            "garmin-fit",
            "fitbit",
            "health-connect");
    private static final long MOST_BYTES = 1024 * 1024;
    private static final VendorTables ALL = load();

    private final List<Kind> kinds;
    private final Set<String> vendors;

    private VendorTables(List<Kind> kinds, Set<String> vendors) {
        this.kinds = List.copyOf(kinds);
        this.vendors = Set.copyOf(vendors);
    }

    public static VendorTables bundled() {
        return ALL;
    }

    /** Kinds of all vendors, those of the operator first. */
    public List<Kind> kinds() {
        return kinds;
    }

    public List<Kind> readBy(String reader) {
        return kinds.stream().filter(kind -> kind.readBy(reader)).toList();
    }

    /**
     * These and the tables of a directory, {@code {vendor}.tsv}.
     *
     * @throws phr.fhir.failure.FailureException INVALID with every fault, its file and line
     */
    public VendorTables with(Path directory) {
        List<Kind> all = new ArrayList<>();
        Set<String> names = new HashSet<>(vendors);
        List<Issue> faults = new ArrayList<>();
        for (Path file : files(directory)) {
            String entry = String.valueOf(file.getFileName());
            String vendor = entry.substring(0, entry.length() - ".tsv".length());
            TableReader reader = new TableReader(vendor);
            try {
                if (Files.size(file) > MOST_BYTES || !vendor.matches("[a-z][a-z0-9-]{1,40}") || !names.add(vendor)) {
                    throw new IOException("not read");
                }
                all.addAll(reader.read(Files.readString(file, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                faults.add(Issue.error(
                                "structure",
                                "VND-T",
                                "a table is UTF-8 of at most 1 MiB under a new name in lower case and hyphens")
                        .in(entry));
            }
            reader.faults().forEach(fault -> faults.add(fault.in(entry)));
        }
        if (!faults.isEmpty()) {
            throw new Failure(Category.INVALID, faults).exception();
        }
        all.addAll(kinds);
        return new VendorTables(all, names);
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".tsv"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.of(Category.INVALID, "VND-T", "the directory of vendor tables cannot be read")
                    .exception();
        }
    }

    private static VendorTables load() {
        List<Kind> kinds = new ArrayList<>();
        for (String vendor : BUNDLED) {
            TableReader reader = new TableReader(vendor);
            kinds.addAll(reader.read(text(vendor + ".tsv")));
            if (!reader.faults().isEmpty()) {
                throw new IllegalStateException(vendor + ": " + reader.faults());
            }
        }
        return new VendorTables(kinds, Set.copyOf(BUNDLED));
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(VendorTables.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
