package phr.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;

/** The one FHIR R4 context; building it costs a second, so nobody builds another. */
public final class Fhir {

    /** Base of the project's own code systems and profiles ({@code {canonical}} in the specifications). */
    public static final String CANONICAL = "https://phr-gateway.example/fhir";

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();

    private Fhir() {}

    public static FhirContext context() {
        return CONTEXT;
    }

    /** A parser that refuses unknown elements and wrong types instead of dropping them; also the encoder. Not thread-safe. */
    public static IParser json() {
        return CONTEXT.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
    }
}
