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
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Report;
import phr.fhir.validate.Validator;
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

    private final Importer importer;
    private final RecordStore store;
    private final Owners owners;
    private final Validator validator;
    private final People people;
    private final ImportLog log;
    private final ArrivedConsents consents;
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

        Answer accept(Permit permit) {
            Sources.requirePerson(permit);
            try {
                if (file == null) {
                    file = spool.receive(body, largest, Arrival::looksLikeZip);
                }
                Intake intake = intake(permit, file);
                return store.together(() -> read(permit, intake));
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

    private Answer read(Permit permit, Intake intake) {
        RecordIn sink = new RecordIn(permit, store, owners, validator, log);
        ImportResult result = imported(intake, sink);
        UUID packageId = result.packageId();
        if (result.again() && packageId != null) {
            return new Answer(
                    200, log.receipt(permit.subject(), packageId).orElseThrow().json());
        }
        Report report = result.report();
        if (report != null && report.held()) {
            throw new Failure(Category.CONFLICT, report.contradictions()).exception();
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

    private Intake intake(Permit permit, Spooled file) {
        Account account = people.account(permit.subject())
                .orElseThrow(() -> Failure.of(Category.NOT_FOUND, "not-found", "no such person")
                        .exception());
        Sender sender = Sender.of(permit, permit.subject().toString());
        return new Intake(
                account,
                file.content(),
                sender.submitter(),
                sender.client(),
                own.namespace(),
                clock.instant(),
                false,
                null);
    }

    private static void looksLikeZip(byte[] head) {
        if (head.length < 4 || head[0] != 'P' || head[1] != 'K') {
            throw Failure.of(Category.MALFORMED, "TRF-3", "a package is a ZIP file")
                    .exception();
        }
    }
}
