package phr.fhir.label;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import phr.fhir.text.TsvTable;

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
        return TsvTable.load(LabelSystems.class, "systems.tsv").rows().stream()
                .collect(Collectors.toUnmodifiableMap(row -> row[0], row -> Set.copyOf(List.of(row[1].split(" ")))));
    }
}
