package phr.gateway.caller;

/** The caller of the request in progress. */
public interface CurrentCaller {

    /**
     * @throws phr.fhir.failure.FailureException UNAUTHENTICATED without a verified token; MALFORMED when the header
     *     {@code Purpose-Of-Use} is not a list of codes
     */
    Caller get();
}
