package phr.gateway.ingest;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.lifelog.BundleFormat;
import phr.fhir.validate.Validated;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.Source;
import phr.gateway.audit.Tally;
import phr.gateway.people.Organisations;
import phr.gateway.people.People;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Saved;
import phr.gateway.record.Stored;

/** One file into one record: stored, or held for the person. */
@Singleton
public final class Ingestion {

    /** Bytes. Reading more takes so much longer than a commit that sharing one gains nothing. */
    private static final int SMALL = 1 << 20;

    /** The file was received a second time at the same moment, and the other is stored: this one is read as of that receipt. */
    private static final class ReceivedMeanwhileException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final RecordAccess access;
    private final People people;
    private final Pipeline pipeline;
    private final Pipeline exchange;
    private final RecordStore store;
    private final HeldUploads held;
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
        this.received = received;
        this.organisations = organisations;
        this.ownNamespace = ownNamespace;
    }

    /**
     * Refuses junk by its first bytes.
     *
     * @param head at most {@link Normalisation#HEAD} bytes
     * @return name of the format that reads it
     * @throws phr.fhir.failure.FailureException MALFORMED when none does, or not the one that is named
     */
    public String check(byte[] head, @Nullable String format) {
        return pipeline.check(head, format);
    }

    /**
     * A file as it arrives, in one transaction. A small one is read before, so that its transaction is short and may be shared.
     *
     * @param also what else is written in the transaction; an exception takes the file back. Maybe in another thread, and maybe
     *     more than once
     */
    public Result receive(Permit permit, Tally tally, Content content, @Nullable String format, Consumer<Result> also) {
        Sender sender = Sender.of(permit, access.patientId(permit));
        try {
            return receive(permit, tally, sender, intake(permit, sender, content, format, false), also);
        } catch (ReceivedMeanwhileException e) {
            return receive(permit, tally, sender, intake(permit, sender, content, format, false), also);
        }
    }

    private Result receive(Permit permit, Tally tally, Sender sender, Intake intake, Consumer<Result> also) {
        Gathered batches = new Gathered();
        Pipeline.Outcome read = intake.content().size() <= SMALL ? pipeline.run(tally, intake, batches) : null;
        Result result = read != null && batches.complete()
                ? store.save(
                        permit, batches.all(), one -> {}, saved -> settle(sender, intake, read.storing(saved), also))
                : store.together(() -> {
                    Pipeline.Outcome outcome = pipeline.run(tally, intake, batch -> store.save(permit, batch));
                    return settle(sender, intake, outcome, also);
                });
        tally.from(source(sender, intake, result));
        return result;
    }

    private Result settle(Sender sender, Intake intake, Pipeline.Outcome outcome, Consumer<Result> also) {
        Result result = result(sender, intake, outcome);
        also.accept(result);
        if (result.held() == null && !remember(intake)) {
            throw new ReceivedMeanwhileException();
        }
        return result;
    }

    /**
     * A file that is stored batch by batch.
     *
     * @param arrived when it did; read again, it is read as of the same instant
     * @param storing each batch in a transaction of its own
     */
    public Result read(
            Permit permit, Tally tally, Content content, @Nullable String format, Instant arrived, Storing storing) {
        Sender sender = Sender.of(permit, access.patientId(permit));
        Instant first = received.known(permit.subject(), content.sha256()).orElse(arrived);
        Intake intake = intake(permit, sender, content, format, false, first);
        Pipeline.Outcome outcome = pipeline.runAhead(tally, intake, storing);
        Result result = store.together(() -> result(sender, intake, outcome));
        if (result.held() == null) {
            remember(intake);
        }
        tally.from(source(sender, intake, result));
        return result;
    }

    /** For the ledger of receipts: a file that was broken off when so much of it was stored. */
    public void interrupted(Permit permit, Tally tally, Content content, @Nullable String format, Saved saved) {
        Sender sender = Sender.of(permit, access.patientId(permit));
        String named = format == null ? "unfinished" : format;
        tally.from(source(sender, content, named, saved, 0, false));
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
        Intake intake =
                intake(permit, sender, bundle, null, false, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        List<Validated> batches = new ArrayList<>();
        Pipeline.Outcome read = exchange.run(tally, intake, batch -> {
            batches.add(batch);
            return Saved.NOTHING;
        });
        Exchanged.Offer offer = new Exchanged.Offer(entries, read.report().proposed(), read.issues());
        if (whole) {
            offer.demandAll(batches);
        }
        Map<UUID, Stored> stored = new HashMap<>();
        Saved saved = store.save(permit, batches, one -> stored.put(one.proposed(), one), all -> all);
        tally.from(source(sender, intake, Result.of(read.storing(saved), null)));
        return offer.answer(stored, !sender.foreign());
    }

    /** A held file that the person says is hers: stored and no longer held, in one transaction. */
    Result confirm(Permit permit, Tally tally, UUID id, HeldUpload upload, Content content) {
        return store.together(() -> {
            Intake intake = intake(permit, upload.sender(), content, upload.format(), true);
            Pipeline.Outcome outcome = pipeline.run(tally, intake, batch -> store.save(permit, batch));
            if (outcome.report().held()) {
                throw Failure.of(Category.CONFLICT, "ING-5", "the file stays held even when confirmed")
                        .exception();
            }
            held.remove(permit.subject(), id);
            remember(intake);
            Result result = Result.of(outcome, null);
            tally.from(source(upload.sender(), intake, result));
            return result;
        });
    }

    /** A file that may not be stored now is held, in the caller's transaction. */
    private Result result(Sender sender, Intake intake, Pipeline.Outcome outcome) {
        return Result.of(outcome, outcome.report().held() ? held.keep(intake, sender, outcome.report()) : null);
    }

    /** @return false when another receipt of the file is known */
    private boolean remember(Intake intake) {
        return received.remember(intake.account().person(), intake.content().sha256(), intake.received());
    }

    /** For the ledger of receipts: who provided, how they came by it, and what was made of it. */
    private Source source(Sender sender, Intake intake, Result result) {
        long refused =
                result.rejected().values().stream().mapToLong(Long::longValue).sum();
        return source(
                sender,
                intake.content(),
                result.report().format(),
                result.saved(),
                (int) Math.min(refused, Integer.MAX_VALUE),
                result.report().held());
    }

    private Source source(Sender sender, Content content, String format, Saved saved, int refused, boolean held) {
        boolean self = sender.submitter().startsWith("Patient/");
        String provider = self ? AccessEvent.SELF : sender.submitter().substring("Organization/".length());
        return new Source(
                provider,
                self ? null : organisations.name(provider).orElse(null),
                self ? "DIRECT_FROM_PERSON" : "FROM_ORGANISATION",
                self ? "SELF" : "CONSENT",
                format,
                content.sha256().hex(),
                content.size(),
                saved.created(),
                saved.updated(),
                saved.duplicates(),
                refused,
                held);
    }

    private Intake intake(Permit permit, Sender sender, Content content, @Nullable String format, boolean confirmed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant first = received.known(permit.subject(), content.sha256()).orElse(now);
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
