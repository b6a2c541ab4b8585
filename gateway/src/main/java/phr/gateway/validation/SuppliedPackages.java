package phr.gateway.validation;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import phr.fhir.conformance.PackageSupport;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/**
 * The FHIR NPM packages that the operator supplies, for example JP Core and eCheckup: every {@code .tgz} of
 * {@code phr.fhir.packages}, in the order of their names.
 */
@Singleton
@Startup
class SuppliedPackages {

    private static final Logger LOG = Logger.getLogger(SuppliedPackages.class);

    private final List<PackageSupport> packages;

    /** A package that cannot be read stops the start: without it a profile would be unknown. */
    SuppliedPackages(@ConfigProperty(name = "phr.fhir.packages") Optional<String> directory) {
        packages = directory.map(Path::of).map(SuppliedPackages::read).orElse(List.of());
    }

    List<PackageSupport> all() {
        return packages;
    }

    static List<PackageSupport> read(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .sorted()
                    .map(SuppliedPackages::checked)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("phr.fhir.packages: the directory cannot be read", e);
        }
    }

    private static PackageSupport checked(Path file) {
        try {
            PackageSupport read = PackageSupport.read(file);
            LOG.infof("FHIR package %s, %d definitions", read.getName(), read.resources());
            return read;
        } catch (FailureException e) {
            Issue issue = e.failure().issues().get(0);
            throw new IllegalStateException(
                    "phr.fhir.packages: " + String.join(", ", issue.expressions()) + ": " + issue.text(), e);
        }
    }
}
