package phr.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.fhir.Fhir;
import phr.fhir.guide.Artefact;
import phr.fhir.guide.Guide;

/** Every address of ours that the code of any module writes is defined in the guide. */
class OwnAddressesRulesTest {

    private static final Pattern ADDRESS = Pattern.compile(
            Pattern.quote(Fhir.CANONICAL)
                    + "/(StructureDefinition|CodeSystem|ValueSet|ConceptMap|SearchParameter|CapabilityStatement|OperationDefinition)/[A-Za-z0-9.-]*");

    private static final Set<String> DEFINED =
            Guide.artefacts().stream().map(Artefact::url).collect(Collectors.toSet());

    @Test
    void every_address_of_ours_is_defined() throws IOException {
        Set<String> written = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("phr")) {
            collect(type, written);
        }
        assertTrue(written.size() > 25, () -> "only " + written);
        // What classes put together at run time begins with one of these.
        written.removeIf(address -> address.endsWith("/") || address.endsWith("/consent-"));
        written.removeAll(DEFINED);
        assertEquals(Set.of(), written, "add them to extensions.tsv, code-systems.tsv or the profiles of the guide");
    }

    /** Constants stand in class files as they are. */
    private static void collect(JavaClass type, Set<String> written) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(OwnAddressesRulesTest.class.getResourceAsStream(file), file)) {
            Matcher found = ADDRESS.matcher(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            while (found.find()) {
                written.add(found.group());
            }
        }
    }

    @Test
    void the_guide_lists_the_actions_of_the_consent_engine() {
        Set<String> listed = new TreeSet<>();
        Guide.artefacts().stream()
                .filter(artefact -> artefact.url().equals(Fhir.CANONICAL + "/CodeSystem/action"))
                .forEach(system -> system.json()
                        .path("concept")
                        .forEach(concept -> listed.add(concept.path("code").asText())));
        assertEquals(
                Stream.of(Action.values()).map(Action::code).collect(Collectors.toCollection(TreeSet::new)), listed);
    }
}
