package phr.portability;

import phr.fhir.Fhir;

/** Fixed names inside packages. */
final class Names {

    static final String SPEC_VERSION = "1.0";
    static final String MANIFEST_TYPE = Fhir.CANONICAL + "/phr-package";

    static final String INDEX = "index.phr";
    static final String PACKAGE = "package.json";
    static final String README = "README.ja.txt";
    static final String SIGNATURE = "signature.jws";
    static final String ORIGINALS = "data/originals/";
    static final String FHIR = "data/fhir/";
    static final String PROVENANCE = "data/provenance/";
    static final String CONSENTS = "data/consents/";
    static final String DIRECTIVES = CONSENTS + "directives.ndjson";
    static final String TOMBSTONES = "data/tombstones/";

    static final String CATEGORY_SYSTEM = Fhir.CANONICAL + "/CodeSystem/phr-category";
    static final String ACTIVITY_SYSTEM = Fhir.CANONICAL + "/CodeSystem/package-activity";

    /** On {@code meta}, for types without identifiers: what the first provider calls the resource. */
    static final String SOURCE_IDENTITY = Fhir.CANONICAL + "/StructureDefinition/source-identity";

    /** On a Reference: the version it named; versions differ between stores. */
    static final String REFERENCE_VERSION = Fhir.CANONICAL + "/StructureDefinition/reference-version";

    private Names() {}
}
