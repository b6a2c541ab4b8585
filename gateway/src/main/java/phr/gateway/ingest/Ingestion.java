package phr.gateway.ingest;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.gateway.access.RecordAccess;
import phr.gateway.people.People;
import phr.gateway.record.RecordStore;

/** One file into one record: stored, or held for the person. */
@Singleton
final class Ingestion {

    private final RecordAccess access;
    private final People people;
    private final Pipeline pipeline;
    private final RecordStore store;
    private final HeldUploads held;
    private final IngestConfig config;
    private final ReceivedFiles received;
    private final String ownNamespace;

    Ingestion(
            RecordAccess access,
            People people,
            Pipeline pipeline,
            RecordStore store,
            HeldUploads held,
            IngestConfig config,
            ReceivedFiles received,
            @ConfigProperty(name = "phr.provider.base-url") String ownNamespace) {
        this.access = access;
        this.people = people;
        this.pipeline = pipeline;
        this.store = store;
        this.held = held;
        this.config = config;
        this.received = received;
        this.ownNamespace = ownNamespace;
    }

    /** A file as it arrives. */
    Result receive(Permit permit, Content content, @Nullable String format) {
        Sender sender = Sender.of(permit, access.patientId(permit));
        Intake intake = intake(permit, sender, content, format, false);
        return content.size() <= config.whole().asLongValue()
                ? store.together(() -> storeOrHold(permit, sender, intake))
                : storeOrHold(permit, sender, intake);
    }

    /** A held file that the person says is hers: stored and no longer held, in one transaction. */
    Result confirm(Permit permit, UUID id, HeldUpload upload, Content content) {
        return store.together(() -> {
            Intake intake = intake(permit, upload.sender(), content, upload.format(), true);
            Pipeline.Outcome outcome = run(permit, intake);
            if (outcome.report().held()) {
                throw Failure.of(Category.CONFLICT, "ING-5", "the file stays held even when confirmed")
                        .exception();
            }
            held.remove(permit.subject(), id);
            return new Result(outcome.report(), outcome.issues(), outcome.saved(), null);
        });
    }

    private Result storeOrHold(Permit permit, Sender sender, Intake intake) {
        Pipeline.Outcome outcome = run(permit, intake);
        UUID waiting =
                outcome.report().held() ? store.together(() -> held.keep(intake, sender, outcome.report())) : null;
        return new Result(outcome.report(), outcome.issues(), outcome.saved(), waiting);
    }

    private Pipeline.Outcome run(Permit permit, Intake intake) {
        Pipeline.Outcome outcome = pipeline.run(permit, intake);
        if (!outcome.report().held()) {
            received.remember(permit.subject(), intake.content().sha256(), intake.received());
        }
        return outcome;
    }

    private Intake intake(Permit permit, Sender sender, Content content, @Nullable String format, boolean confirmed) {
        Account account = people.account(permit.subject())
                .orElseThrow(() -> Failure.of(Category.NOT_FOUND, "not-found", "no such person")
                        .exception());
        return new Intake(
                account,
                sender.patient(),
                content,
                sender.submitter(),
                sender.client(),
                ownNamespace,
                received.firstReceived(permit.subject(), content.sha256()),
                confirmed,
                format);
    }
}
