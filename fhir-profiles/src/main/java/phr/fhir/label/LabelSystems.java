package phr.fhir.label;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Short names of code systems, each for all addresses under which its codes are met. */
final class LabelSystems {

    private static final class Holder {
        private static final LabelSystems SYSTEMS = new LabelSystems(load());
    }

    private final Map<String, Set<String>> addresses;

    private LabelSystems(Map<String, Set<String>> addresses) {
        this.addresses = addresses;
    }

    static LabelSystems bundled() {
        return Holder.SYSTEMS;
    }

    /** The addresses of a short name, or the address itself; empty when it is neither. */
    Set<String> of(String name) {
        if (name.startsWith("http://") || name.startsWith("https://") || name.startsWith("urn:")) {
            return Set.of(name);
        }
        return addresses.getOrDefault(name, Set.of());
    }

    private static Map<String, Set<String>> load() {
        try (InputStream in =
                Objects.requireNonNull(LabelSystems.class.getResourceAsStream("systems.tsv"), "systems.tsv")) {
            Map<String, Set<String>> systems = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(cells -> systems.put(cells[0], Set.copyOf(List.of(cells[1].split(" ")))));
            return systems;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
