package phr.gateway.record;

import phr.consent.Capacity;
import phr.consent.Permit;
import phr.fhir.Fhir;

/**
 * The sentence that every view of anybody but the person carries, whether or not something is hidden, so that its presence tells
 * nothing (consent-semantics.md §14.2): in Bundles as a tag, beside single resources as a header.
 */
public final class MayBeIncomplete {

    public static final String HEADER = "PHR-Notice";
    public static final String CODE = "may-be-incomplete";
    static final String SYSTEM = Fhir.CANONICAL + "/CodeSystem/notice";

    /** {@code meta} of a Bundle. */
    public static final String META = "{\"tag\":[{\"system\":\"" + SYSTEM + "\",\"code\":\"" + CODE
            + "\",\"display\":\"本人の選択などにより、ここに含まれない情報があることがあります。"
            + " This view may be incomplete: a person decides what is shared.\"}]}";

    private MayBeIncomplete() {}

    public static boolean concerns(Permit permit) {
        return permit.request().capacity() != Capacity.SELF;
    }
}
