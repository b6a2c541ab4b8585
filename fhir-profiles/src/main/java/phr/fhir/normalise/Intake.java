package phr.fhir.normalise;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file as received: the pipeline's first type.
 *
 * @param account whose record it is for; from login and upload address, never from the file
 * @param patient id by which the sender knows the person: her own, or the pairwise id of the sending organisation. A subject
 *     {@code Patient/{patient}} inside the file means her, like {@code Patient/{person}}
 * @param submitter who sends it: {@code Patient/{person}} or {@code Organization/{id}}; goes into Provenance
 * @param client id of the sending application; names the source where the file names none
 * @param foreign the application is not the person's own but somebody else's, so whatever it sends comes from that source alone
 * @param ownNamespace this gateway's source namespace, {@code https://…/fhir} without trailing slash
 * @param received instant of receipt
 * @param confirmed the person has confirmed that a file which contradicts the account is hers
 * @param format name of the format the sender insists on, null = recognise by content
 */
public record Intake(
        Account account,
        String patient,
        Content content,
        String submitter,
        String client,
        boolean foreign,
        String ownNamespace,
        Instant received,
        boolean confirmed,
        @Nullable String format) {

    /** From an organisation, or from the person in an application of her own. */
    public Intake(
            Account account,
            String patient,
            Content content,
            String submitter,
            String client,
            String ownNamespace,
            Instant received,
            boolean confirmed,
            @Nullable String format) {
        this(
                account,
                patient,
                content,
                submitter,
                client,
                !submitter.startsWith("Patient/"),
                ownNamespace,
                received,
                confirmed,
                format);
    }

    /** The namespace of what is identified within the sending application. */
    public String clientNamespace() {
        return "urn:phr:" + client;
    }

    /** From a sender who knows the person by her own id. */
    public Intake(
            Account account,
            Content content,
            String submitter,
            String client,
            String ownNamespace,
            Instant received,
            boolean confirmed,
            @Nullable String format) {
        this(
                account,
                account.person().toString(),
                content,
                submitter,
                client,
                ownNamespace,
                received,
                confirmed,
                format);
    }
}
