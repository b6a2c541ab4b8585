package phr.gateway.ingest;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.lifelog.BundleFormat;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.Source;
import phr.gateway.audit.Tally;
import phr.gateway.people.Organisations;
import phr.gateway.people.People;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Stored;

/** One file into one record: stored, or held for the person. */
@Singleton
public final class Ingestion {

    private final RecordAccess access;
    private final People people;
    private final Pipeline pipeline;
    private final Pipeline exchange;
    private final RecordStore store;
    private final HeldUploads held;
    private final IngestConfig config;
    private final ReceivedFiles received;
    private final Organisations organisations;
    private final Clock clock;
    private final String ownNamespace;

    Ingestion(
            RecordAccess access,
            People people,
            Pipeline pipeline,
            RecordStore store,
            HeldUploads held,
            IngestConfig config,
            ReceivedFiles received,
            Organisations organisations,
            Clock clock,
            @ConfigProperty(name = "phr.provider.base-url") String ownNamespace) {
        this.access = access;
        this.people = people;
        this.pipeline = pipeline;
        this.exchange = pipeline.of(new Normalisation(List.of(new BundleFormat())));
        this.clock = clock;
        this.store = store;
        this.held = held;
        this.config = config;
        this.received = received;
        this.organisations = organisations;
        this.ownNamespace = ownNamespace;
    }

    /** A file as it arrives. */
    Result receive(Permit permit, Tally tally, Content content, @Nullable String format) {
        Sender sender = Sender.of(permit, access.patientId(permit));
        Intake intake = intake(permit, sender, content, format, false);
        return content.size() <= config.whole().asLongValue()
                ? store.together(() -> storeOrHold(permit, tally, sender, intake))
                : storeOrHold(permit, tally, sender, intake);
    }

    /**
     * A Bundle whose entries are answered one by one: no file is kept, because what is not taken stays with the sender.
     *
     * @param entries of the Bundle
     * @param whole all of them or none
     * @throws phr.fhir.failure.FailureException INVALID when the whole was asked for and an entry cannot be taken
     */
    public Exchanged exchange(Permit permit, Tally tally, Content bundle, int entries, boolean whole) {
        Sender sender = Sender.of(permit, access.patientId(permit));
        return store.together(() -> {
            Intake intake =
                    intake(permit, sender, bundle, null, false, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            Map<UUID, Stored> stored = new HashMap<>();
            Pipeline.Outcome outcome = exchange.run(permit, tally, intake, one -> stored.put(one.proposed(), one));
            Exchanged exchanged =
                    Exchanged.of(entries, outcome.report().proposed(), stored, outcome.issues(), !sender.foreign());
            if (whole && !exchanged.complete()) {
                throw exchanged.refusal();
            }
            tally.from(source(sender, intake, outcome));
            return exchanged;
        });
    }

    /** A held file that the person says is hers: stored and no longer held, in one transaction. */
    Result confirm(Permit permit, Tally tally, UUID id, HeldUpload upload, Content content) {
        return store.together(() -> {
            Intake intake = intake(permit, upload.sender(), content, upload.format(), true);
            Pipeline.Outcome outcome = run(permit, tally, intake);
            if (outcome.report().held()) {
                throw Failure.of(Category.CONFLICT, "ING-5", "the file stays held even when confirmed")
                        .exception();
            }
            held.remove(permit.subject(), id);
            tally.from(source(upload.sender(), intake, outcome));
            return new Result(outcome.report(), outcome.issues(), outcome.saved(), null);
        });
    }

    private Result storeOrHold(Permit permit, Tally tally, Sender sender, Intake intake) {
        Pipeline.Outcome outcome = run(permit, tally, intake);
        tally.from(source(sender, intake, outcome));
        UUID waiting =
                outcome.report().held() ? store.together(() -> held.keep(intake, sender, outcome.report())) : null;
        return new Result(outcome.report(), outcome.issues(), outcome.saved(), waiting);
    }

    private Pipeline.Outcome run(Permit permit, Tally tally, Intake intake) {
        Pipeline.Outcome outcome = pipeline.run(permit, tally, intake);
        if (!outcome.report().held()) {
            received.remember(permit.subject(), intake.content().sha256(), intake.received());
        }
        return outcome;
    }

    /** For the ledger of receipts: who provided, how they came by it, and what was made of it. */
    private Source source(Sender sender, Intake intake, Pipeline.Outcome outcome) {
        boolean self = sender.submitter().startsWith("Patient/");
        String provider = self ? AccessEvent.SELF : sender.submitter().substring("Organization/".length());
        long refused = outcome.issues().stream()
                .filter(issue -> issue.severity() == Issue.Severity.ERROR)
                .count();
        return new Source(
                provider,
                self ? null : organisations.name(provider).orElse(null),
                self ? "DIRECT_FROM_PERSON" : "FROM_ORGANISATION",
                self ? "SELF" : "CONSENT",
                outcome.report().format(),
                intake.content().sha256().hex(),
                intake.content().size(),
                outcome.saved().created(),
                outcome.saved().updated(),
                outcome.saved().duplicates(),
                (int) refused,
                outcome.report().held());
    }

    private Intake intake(Permit permit, Sender sender, Content content, @Nullable String format, boolean confirmed) {
        Instant first = received.firstReceived(permit.subject(), content.sha256());
        return intake(permit, sender, content, format, confirmed, first);
    }

    private Intake intake(
            Permit permit,
            Sender sender,
            Content content,
            @Nullable String format,
            boolean confirmed,
            Instant receipt) {
        Account account = people.account(permit.subject())
                .orElseThrow(() -> Failure.of(Category.NOT_FOUND, "not-found", "no such person")
                        .exception());
        return new Intake(
                account,
                sender.patient(),
                content,
                sender.submitter(),
                sender.client(),
                sender.foreign(),
                ownNamespace,
                receipt,
                confirmed,
                format);
    }
}
