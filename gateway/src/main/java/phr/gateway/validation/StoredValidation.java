package phr.gateway.validation;

import ca.uhn.fhir.util.VersionUtil;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import phr.fhir.Sha256;
import phr.fhir.conformance.Finding;
import phr.fhir.conformance.PackageSupport;
import phr.fhir.guide.Artefact;
import phr.fhir.guide.Guide;
import phr.fhir.guide.MatchingProfile;

/** Full validation of what is kept: base R4, the profile of the guide that the resource is held to, and what it declares. */
@Singleton
public class StoredValidation {

    private static final JsonMapper JSON = new JsonMapper();

    private final ValidationRoom room;
    private final String edition;

    StoredValidation(ValidationRoom room, SuppliedPackages packages) {
        this.room = room;
        this.edition = edition(packages);
    }

    /**
     * The errors, without anything that the resource says; what the validator could not tell is none.
     *
     * @throws phr.fhir.failure.FailureException BUSY when others wait; another one when the resource cannot be validated
     */
    public List<Finding> errors(byte[] json) {
        TreeSet<String> profiles = new TreeSet<>();
        MatchingProfile.of(tree(json)).ifPresent(profiles::add);
        return room.findings(new Submission(new String(json, StandardCharsets.UTF_8), profiles)).stream()
                .filter(finding -> finding.error() && !finding.undecided())
                .toList();
    }

    /** The same for the same validator, guide and packages: what another edition found wrong may be right by now. */
    public String edition() {
        return edition;
    }

    private static String edition(SuppliedPackages packages) {
        StringBuilder parts = new StringBuilder(VersionUtil.getVersion());
        Guide.artefacts().stream().map(Artefact::toString).forEach(parts::append);
        packages.all().stream().map(PackageSupport::getName).forEach(name -> parts.append('\n')
                .append(name));
        return Sha256.of(parts.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 16);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored resource is JSON", e);
        }
    }
}
