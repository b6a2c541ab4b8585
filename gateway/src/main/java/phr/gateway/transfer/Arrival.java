package phr.gateway.transfer;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Report;
import phr.fhir.validate.Validator;
import phr.gateway.audit.Tally;
import phr.gateway.ingest.HeldUploads;
import phr.gateway.ingest.Sender;
import phr.gateway.ingest.Spool;
import phr.gateway.ingest.Spooled;
import phr.gateway.people.People;
import phr.gateway.record.Owners;
import phr.gateway.record.RecordStore;
import phr.portability.ImportResult;
import phr.portability.Importer;
import phr.portability.Provider;

/** Takes one package in: checked as a whole, then stored in one transaction together with its receipt. */
@Singleton
class Arrival {

    /** Name of the format that reads packages. */
    static final String FORMAT = "sphr";

    private final Importer importer;
    private final RecordStore store;
    private final Owners owners;
    private final Validator validator;
    private final People people;
    private final ImportLog log;
    private final ArrivedConsents consents;
    private final HeldUploads held;
    private final Spool spool;
    private final Provider own;
    private final Clock clock;
    private final long largest;

    Arrival(
            Importer importer,
            RecordStore store,
            Owners owners,
            Validator validator,
            People people,
            ImportLog log,
            ArrivedConsents consents,
            HeldUploads held,
            Spool spool,
            Provider own,
            Clock clock,
            TransferConfig config) {
        this.importer = importer;
        this.store = store;
        this.owners = owners;
        this.validator = validator;
        this.people = people;
        this.log = log;
        this.consents = consents;
        this.held = held;
        this.spool = spool;
        this.own = own;
        this.clock = clock;
        this.largest = config.largest().asLongValue();
    }

    /** What the sender hears. */
    record Answer(int status, byte[] json) {}

    Delivery expect(InputStream body) {
        return new Delivery(body);
    }

    /** One package; received once, though it may be stored in a second attempt when consents change meanwhile. */
    final class Delivery implements AutoCloseable {

        private final InputStream body;
        private @Nullable Spooled file;

        private Delivery(InputStream body) {
            this.body = body;
        }

        Answer accept(Permit permit, Tally tally) {
            Sources.requirePerson(permit);
            try {
                if (file == null) {
                    file = spool.receive(body, largest, Arrival::looksLikeZip);
                }
                return storeOrHold(permit, tally, file.content());
            } catch (IOException e) {
                throw new UncheckedIOException("package cannot be spooled", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }

    /** A package that contradicts the account waits for the person, outside the record. */
    private Answer storeOrHold(Permit permit, Tally tally, Content content) {
        Intake intake = intake(permit, content, false);
        try {
            return store.together(() -> read(permit, tally, intake));
        } catch (HeldPackageException e) {
            Sender sender = Sender.of(permit, permit.subject().toString());
            UUID id = store.together(() -> held.keep(intake, sender, e.report()));
            tally.restart();
            tally.from(Provenances.held(intake, e.report()));
            return new Answer(202, Receipts.held(id, e.report()));
        }
    }

    /** A held package that the person says is hers; the caller has opened the transaction. */
    byte[] confirmed(Permit permit, Tally tally, Content content) {
        return read(permit, tally, intake(permit, content, true)).json();
    }

    private Answer read(Permit permit, Tally tally, Intake intake) {
        RecordIn sink = new RecordIn(permit, store, owners, validator, log, tally);
        ImportResult result = imported(intake, sink);
        tally.from(Provenances.of(intake, result, sink.saved()));
        UUID packageId = result.packageId();
        if (result.again() && packageId != null) {
            return new Answer(
                    200, log.receipt(permit.subject(), packageId).orElseThrow().json());
        }
        Report report = result.report();
        if (report != null && report.held()) {
            throw new HeldPackageException(report);
        }
        consents.accept(permit.subject(), intake.submitter(), sink.directives());
        byte[] receipt = Receipts.json(result, sink, clock.instant());
        if (packageId != null && result.tagManifest() != null) {
            log.add(permit.subject(), packageId, new ImportLog.Receipt(result.tagManifest(), receipt));
        }
        return new Answer(201, receipt);
    }

    private ImportResult imported(Intake intake, RecordIn sink) {
        try {
            return importer.read(intake, sink);
        } catch (IOException e) {
            throw new UncheckedIOException("package cannot be read", e);
        }
    }

    private Intake intake(Permit permit, Content content, boolean confirmed) {
        Account account = people.account(permit.subject())
                .orElseThrow(() -> Failure.of(Category.NOT_FOUND, "not-found", "no such person")
                        .exception());
        Sender sender = Sender.of(permit, permit.subject().toString());
        return new Intake(
                account,
                content,
                sender.submitter(),
                sender.client(),
                own.namespace(),
                clock.instant(),
                confirmed,
                null);
    }

    private static void looksLikeZip(byte[] head) {
        if (head.length < 4 || head[0] != 'P' || head[1] != 'K') {
            throw Failure.of(Category.MALFORMED, "TRF-3", "a package is a ZIP file")
                    .exception();
        }
    }
}
