package phr.gateway.record;

import java.util.ArrayList;
import java.util.List;
import phr.fhir.guide.Expansion;

/**
 * A token parameter with the modifier {@code :in} (FHIR R4 search §3.1.1.5.5): addresses of value sets of the guide, separated by
 * commas. It is the same as naming all their codes.
 */
final class ValueSetParameter {

    static final String IN = ":in";

    /** Codes in one parameter. */
    private static final int MOST = 1000;

    private ValueSetParameter() {}

    /**
     * @param name with the modifier
     * @throws phr.fhir.failure.FailureException MALFORMED for an address that is no value set of the guide, and when they hold too
     *     much together
     */
    static Query.TokenFilter parse(String name, String value) {
        List<String> alternatives = new ArrayList<>();
        for (String address : value.split(",", -1)) {
            alternatives.addAll(Expansion.find(address)
                    .orElseThrow(() -> BadParameter.noValueSet(name))
                    .tokens());
            if (alternatives.size() > MOST) {
                throw BadParameter.malformed(name, "value sets of " + MOST + " codes at most expected");
            }
        }
        return new Query.TokenFilter(name.substring(0, name.length() - IN.length()), alternatives);
    }
}
