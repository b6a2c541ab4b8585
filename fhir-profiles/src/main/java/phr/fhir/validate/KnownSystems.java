package phr.fhir.validate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Code systems whose codes may be twelve digits long without being a My Number. */
final class KnownSystems {

    private static final List<String> PREFIXES = List.of(
            "http://loinc.org",
            "http://unitsofmeasure.org",
            "http://terminology.hl7.org/",
            "http://hl7.org/fhir/",
            "http://jpfhir.jp/",
            "http://jami.jp/",
            "http://medis.or.jp/",
            "http://capstandard.jp/",
            "http://snomed.info/",
            "http://standardterms.edqm.eu",
            "https://spor.ema.europa.eu/",
            "urn:oid:1.2.392.",
            "urn:oid:1.2.40.0.");

    private KnownSystems() {}

    static boolean contains(@Nullable String system) {
        return system != null && PREFIXES.stream().anyMatch(system::startsWith);
    }
}
