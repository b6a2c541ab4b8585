package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.junit.jupiter.api.Test;
import phr.fhir.Fhir;

class CapabilitiesTest {

    private final CapabilityStatement statement = Fhir.json()
            .parseResource(
                    CapabilityStatement.class,
                    new String(
                            new Capabilities("https://phr.example/fhir", "PHR A", "1", Instant.EPOCH).json(),
                            StandardCharsets.UTF_8));

    @Test
    void the_statement_is_a_capability_statement_of_this_instance() {
        assertEquals("4.0.1", statement.getFhirVersion().toCode());
        assertEquals("https://phr.example/fhir", statement.getImplementation().getUrl());
        assertEquals(
                Stream.concat(Capabilities.TYPES.stream(), Stream.of("Composition", "Consent", "Subscription"))
                        .toList(),
                statement.getRestFirstRep().getResource().stream()
                        .map(CapabilityStatement.CapabilityStatementRestResourceComponent::getType)
                        .toList());
    }

    @Test
    void every_search_parameter_it_names_is_accepted_and_no_other_type_claims_to_be_searched() {
        for (var resource : statement.getRestFirstRep().getResource()) {
            if (Set.of("Composition", "Consent", "Subscription").contains(resource.getType())) {
                continue;
            }
            Set<String> named = resource.getSearchParam().stream()
                    .map(CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> known = SearchedType.of(resource.getType())
                    .map(type -> {
                        Set<String> names = new TreeSet<>(type.tokens());
                        names.addAll(type.people());
                        names.addAll(List.of("_count", "_id", "_lastUpdated", "_sort", "_summary", "_total"));
                        if (type.date() != null) {
                            names.add(type.date());
                        }
                        if (type.quantity() != null) {
                            names.add(type.quantity());
                            names.add(SearchParameters.DENSE);
                        }
                        return names;
                    })
                    .orElse(new TreeSet<>());
            assertEquals(known, named, resource.getType());
            assertEquals(!known.isEmpty(), resource.getInteraction().stream().anyMatch(interaction -> interaction
                    .getCode()
                    .toCode()
                    .equals("search-type")));
        }
        assertTrue(statement.getRestFirstRep().getSecurity().hasService());
    }

    /** With {@code -Dguide.write=DIR} the statement is written to that directory instead of compared. */
    @Test
    void the_guide_states_the_same() throws IOException {
        String name = "capability-statement.json";
        String stated = new Capabilities("https://phr.example/fhir", "PHR A", "1", Instant.EPOCH)
                        .requirements()
                        .toPrettyString()
                        .replace("\r\n", "\n")
                + "\n";
        String target = System.getProperty("guide.write");
        if (target != null) {
            Files.writeString(Path.of(target, name), stated);
            return;
        }
        try (InputStream guide = Objects.requireNonNull(Fhir.class.getResourceAsStream("guide/" + name))) {
            assertEquals(
                    new String(guide.readAllBytes(), StandardCharsets.UTF_8),
                    stated,
                    "write it anew: -Dtest=CapabilitiesTest -Dguide.write=<fhir-profiles, resources, phr/fhir/guide>");
        }
    }
}
