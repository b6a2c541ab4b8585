package phr.fhir.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.utilities.npm.NpmPackage;
import phr.fhir.Fhir;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** Profiles, code systems and value sets of one FHIR NPM package ({@code .tgz}) that somebody supplies, for example JP Core. */
public final class PackageSupport extends PrePopulatedValidationSupport {

    private static final String R4 = "4.0";

    private final String name;
    private int resources;

    private PackageSupport(FhirContext context, NpmPackage content) throws IOException {
        super(context);
        this.name = content.name() + "#" + content.version();
        IParser parser = context.newJsonParser();
        for (String file : content.listResources("StructureDefinition", "CodeSystem", "ValueSet")) {
            try (InputStream in = content.loadResource(file)) {
                addResource(parser.parseResource(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
                resources++;
            }
        }
    }

    /**
     * Reads and checks a package.
     *
     * @throws phr.fhir.failure.FailureException MALFORMED with the file's name, when it is no R4 package or holds nothing to
     *     validate against
     */
    public static PackageSupport read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            NpmPackage content = NpmPackage.fromPackage(in);
            if (!String.valueOf(content.fhirVersion()).startsWith(R4)) {
                throw refused(file, "the package is not for FHIR R4").exception();
            }
            PackageSupport support = new PackageSupport(Fhir.context(), content);
            if (support.resources == 0) {
                throw refused(file, "the package holds nothing to validate against")
                        .exception();
            }
            return support;
        } catch (FailureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The libraries below fail in many ways over a broken archive.
            throw refused(file, "no readable FHIR NPM package").exception();
        }
    }

    private static Failure refused(Path file, String text) {
        return Failure.of(Category.MALFORMED, "package", text, String.valueOf(file.getFileName()));
    }

    /** Name and version as the package states them: {@code jp-core.r4#1.1.2-clins}. */
    @Override
    public String getName() {
        return name;
    }

    /** How many profiles, code systems and value sets it holds. */
    public int resources() {
        return resources;
    }
}
