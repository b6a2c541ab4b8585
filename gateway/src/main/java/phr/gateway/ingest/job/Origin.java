package phr.gateway.ingest.job;

import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.gateway.access.Ask;
import phr.gateway.caller.Caller;
import phr.gateway.caller.Interaction;

/**
 * Who sends a file, and as what: enough to ask the same question again without a token.
 *
 * @param caller with the scopes and purposes of then
 * @param patient id by which the sender knows the person
 * @param format name of the format the sender insists on
 * @param foreign the sender may hear only what follows from its own sending
 */
public record Origin(
        Caller caller, String patient, @Nullable String format, boolean foreign) {

    /** May the file be put into the record? */
    public Ask ask() {
        return contribution(patient);
    }

    /** May a file be put into the record? */
    public static Ask contribution(String patient) {
        return Ask.ofPatient(patient, Action.CONTRIBUTE, Interaction.CREATE, "ingest");
    }
}
