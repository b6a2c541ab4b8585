package phr.fhir.normalise;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file as received: the pipeline's first type.
 *
 * @param account whose record it is for; from login and upload address, never from the file
 * @param submitter who sends it: {@code Patient/{person}} or {@code Organization/{id}}; goes into Provenance
 * @param client id of the sending application; names the source where the file names none
 * @param ownNamespace this gateway's source namespace, {@code https://…/fhir} without trailing slash
 * @param received instant of receipt
 * @param confirmed the person has confirmed that a file which contradicts the account is hers
 * @param format name of the format the sender insists on, null = recognise by content
 */
public record Intake(
        Account account,
        Content content,
        String submitter,
        String client,
        String ownNamespace,
        Instant received,
        boolean confirmed,
        @Nullable String format) {}
