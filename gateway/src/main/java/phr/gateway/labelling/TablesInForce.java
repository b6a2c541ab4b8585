package phr.gateway.labelling;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.label.LabelTables;

/** The label tables of the product and those of the operator ({@code phr.labels.directory}). */
final class TablesInForce {

    private TablesInForce() {}

    /** A table with a fault stops the start: a gateway without it would label too little. */
    @Produces
    @Singleton
    @Startup
    static LabelTables tables(@ConfigProperty(name = "phr.labels.directory") Optional<String> directory) {
        try {
            return directory.isEmpty()
                    ? LabelTables.bundled()
                    : LabelTables.bundled().with(Path.of(directory.get()));
        } catch (FailureException e) {
            throw new IllegalStateException(
                    "phr.labels.directory: "
                            + e.failure().issues().stream()
                                    .map(TablesInForce::line)
                                    .collect(Collectors.joining("; ")),
                    e);
        }
    }

    private static String line(Issue issue) {
        String file = issue.entry() == null ? "" : issue.entry() + ", ";
        return file + String.join(", ", issue.expressions()) + ": " + issue.text();
    }
}
