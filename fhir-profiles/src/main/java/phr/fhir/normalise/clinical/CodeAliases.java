package phr.fhir.normalise.clinical;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import phr.fhir.text.TsvTable;

/**
 * Japanese code systems that are met under an OID of JP Core 1.1 and under a URL of JP Core 1.2: the code is found under the URL, the
 * received coding stays behind it (checkup-fhir.md FHIR-R1, §8).
 */
final class CodeAliases {

    private static final Map<String, String> SYSTEMS = load();

    void resolve(CodeableConcept concept) {
        for (Coding received : List.copyOf(concept.getCoding())) {
            String system = SYSTEMS.get(String.valueOf(received.getSystem()));
            if (system != null && received.hasCode() && !present(concept, system, received.getCode())) {
                Coding resolved = new Coding(system, received.getCode(), received.getDisplay());
                concept.getCoding().add(concept.getCoding().indexOf(received), resolved);
            }
        }
    }

    private static boolean present(CodeableConcept concept, String system, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }

    private static Map<String, String> load() {
        return TsvTable.load(CodeAliases.class, "systems.tsv").rows().stream()
                .collect(Collectors.toUnmodifiableMap(row -> row[0], row -> row[1]));
    }
}
